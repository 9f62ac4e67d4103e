using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Exchange;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

/// <summary>Which dossiers are compared.</summary>
/// <param name="From" example="2026-11-01">First day of reception.</param>
/// <param name="To" example="2026-11-30">Last day of reception.</param>
/// <param name="Repair">Whether dossiers of ours that differ are told again.</param>
internal sealed record ReconciliationOrder(DateOnly From, DateOnly To, bool Repair = false);

internal sealed record StartReconciliation(string PartnerCode, ReconciliationOrder Order) : ICommand<JobView>;

internal sealed class StartReconciliationValidator : AbstractValidator<StartReconciliation>
{
    public StartReconciliationValidator()
    {
        RuleFor(c => c.Order.From).InclusiveBetween(new(2000, 1, 1), new(2099, 12, 31)).OverridePropertyName("from");
        RuleFor(c => c.Order.To).InclusiveBetween(new(2000, 1, 1), new(2099, 12, 31)).OverridePropertyName("to");
        RuleFor(c => c.Order.To).GreaterThanOrEqualTo(c => c.Order.From).OverridePropertyName("to");
    }
}

internal sealed class StartReconciliationHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<StartReconciliation, JobView>
{
    public async Task<JobView> Handle(StartReconciliation request, CancellationToken ct)
    {
        var partner = ExchangeMessageView.PartnerFor(db.User, request.PartnerCode);
        var (from, to, repair) = request.Order;
        var parameters = JsonSerializer.Serialize(new ReconciliationPeriod(partner, from, to, repair), JsonSerializerOptions.Web);
        var job = Job.Queue(ReconcileWork.JobKind, parameters, null, db.User.Caller.Subject, db.User.Scope.ToString(), clock.GetUtcNow());
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

internal sealed class StartReconciliationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/integration/{partner}/reconciliations", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>Compare with another system</summary>
    /// <remarks>Compares in a job, by code and status, what both sides have; the same is done every night.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c> or <c>igate</c>.</param>
    private static async Task<AcceptedAnswer> Handle(string partner, ReconciliationOrder order, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new StartReconciliation(partner, order), ct));
}
