using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

/// <summary>The begin of a cashier's day.</summary>
/// <param name="CentreCode">The centre.</param>
/// <param name="CounterId">The counter.</param>
/// <param name="Opening">Change that lies in the till at the beginning, in dong.</param>
internal sealed record OpenTill(string CentreCode, Guid? CounterId = null, long Opening = 0) : ICommand<Versioned<TillView>>;

internal sealed class OpenTillValidator : AbstractValidator<OpenTill>
{
    public OpenTillValidator()
    {
        RuleFor(c => c.CentreCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Opening).InclusiveBetween(0, 1_000_000_000);
    }
}

internal sealed class OpenTillHandler(
    IRepository<Till> tills,
    ICashBook book,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<OpenTill, Versioned<TillView>>
{
    public async Task<Versioned<TillView>> Handle(OpenTill request, CancellationToken ct)
    {
        PaymentPlace.Check(request.CentreCode, user.Scope);
        // An agency takes no money; centres do.
        if (user.Scope.Kind == DataScopeKind.Agency)
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/centreCode"));
        await centres.Check(request.CentreCode, "/centreCode", ct);
        var now = clock.GetUtcNow();
        var id = await book.OpenTill(request.CentreCode, request.CounterId, user.Caller.Subject, now.LocalDay(), now, ct);
        var till = await tills.Get(new TillWithId(id), ct);
        till.Begin(request.Opening);
        var totals = await book.SumUp(id, ct);
        await tills.Save(ct);
        return new(TillView.Of(till, totals), till.Version);
    }
}

internal sealed class OpenTillEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/tills", Handle).Requires(DossiersPermissions.TakePayment);

    /// <summary>Open a till</summary>
    /// <remarks>Opens the caller's till of the day and states the change in it. There is one open till of a cashier at a centre; where it opened by itself with the first payment, the change is stated for that one.</remarks>
    private static async Task<CreatedAnswer<TillView>> Handle(OpenTill command, ISender sender, CancellationToken ct)
    {
        var till = await sender.Send(command, ct);
        return new($"/api/v1/tills/{till.Item.Id}", till);
    }
}
