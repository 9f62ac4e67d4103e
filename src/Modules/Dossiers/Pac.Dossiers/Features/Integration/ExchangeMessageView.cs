using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Exchange;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

/// <summary>A message to or from another system.</summary>
/// <param name="Id">Identifier of the message.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="DossierCode">Code of the dossier, as far as it could be read.</param>
/// <param name="NationalStatus">National code of the status that was stated, 1 to 10.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">Tries begun.</param>
/// <param name="OccurredAt">When it happened, by the system where it happened.</param>
/// <param name="SyncedAt">When the other side took it, or when it was applied here.</param>
/// <param name="Answer">What was answered, or why it is parked, as a stable word.</param>
/// <param name="CreatedAt">When it was put in line.</param>
internal sealed record ExchangeMessageView(
    Guid Id,
    ExchangeDirection Direction,
    ExchangeKind Kind,
    string? DossierCode,
    int? NationalStatus,
    ExchangeState State,
    int Attempts,
    DateTimeOffset? OccurredAt,
    DateTimeOffset? SyncedAt,
    string? Answer,
    DateTimeOffset CreatedAt
)
{
    public static ExchangeMessageView Of(ExchangeMessage m) =>
        new(
            m.Id.Value,
            m.Direction,
            m.Kind,
            m.DossierCode,
            (int?)m.Status,
            m.State,
            m.Attempts,
            m.OccurredAt,
            m.SyncedAt,
            m.Answer,
            m.CreatedAt
        );

    /// <summary>A partner by its word. What is exchanged concerns the whole province, and whoever sees less knows of no partner.</summary>
    public static ExchangePartner PartnerFor(CurrentUser user, string partnerCode) =>
        user.Scope.Kind == DataScopeKind.Province && ExchangeMapping.PartnerOf(partnerCode) is { } partner
            ? partner
            : throw new NotFoundException("partner");
}
