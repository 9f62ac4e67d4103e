using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Bulk;

/// <summary>The transfer of many received dossiers.</summary>
/// <param name="DossierIds">The dossiers, at most 200.</param>
/// <param name="Note">Remark for the control slips (form 06), needed where a dossier is transferred late; no personal data.</param>
internal sealed record BulkTransfer(IReadOnlyList<Guid> DossierIds, string? Note = null) : ICommand<BulkOutcome>;

internal sealed class BulkTransferValidator : AbstractValidator<BulkTransfer>
{
    public BulkTransferValidator()
    {
        RuleFor(c => c.DossierIds).NotEmpty().MostItems(BulkActs.Most);
        RuleFor(c => c.Note).MaximumLength(300);
    }
}

internal sealed class BulkTransferHandler(
    BulkActs bulk,
    IRepository<Dossier> dossiers,
    ILaw laws,
    StepConsultations consultations,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<BulkTransfer, BulkOutcome>
{
    public async Task<BulkOutcome> Handle(BulkTransfer request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var law = await laws.On(now.LocalDay(), ct);
        var calendars = await centres.All(ct);
        List<Dossier> transferred = [];
        var outcome = await bulk.Do(
            request.DossierIds,
            d =>
            {
                // The state of what another system speaks for does not change here.
                if (d.StatedBy != StatedBy.Pac)
                    throw new BusinessRuleException(ExchangeErrors.StatedElsewhere);
                d.Transfer(user.Caller.Subject, request.Note, calendars[d.CentreCode], law, now);
                transferred.Add(d);
            },
            ct
        );
        foreach (var d in transferred)
            await consultations.Begin(d, calendars[d.CentreCode], user.Caller.Subject, now, ct);
        await dossiers.Save(ct);
        return outcome;
    }
}

internal sealed class BulkTransferEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/bulk-acts/transfer", Handle).Requires(DossiersPermissions.Transfer);

    /// <summary>Transfer many dossiers</summary>
    /// <remarks>Hands up to 200 received dossiers over to their competent agencies and records the hand-over. Each dossier is judged for itself and has its own outcome; one that is refused leaves the others as they are.</remarks>
    private static async Task<ValueAnswer<BulkOutcome>> Handle(BulkTransfer command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
