using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Exchange;

/// <summary>The one place where our words become those of the exchange. Status codes are the national ones on both sides.</summary>
internal static class ExchangeMapping
{
    public static OutgoingDossier Of(ToldDossier told, IIdentityNumbers numbers)
    {
        var d = told.Dossier;
        return new(
            d.Code,
            d.ProcedureCode,
            told.ProcedureName,
            d.FieldCode,
            told.FieldName,
            (int)d.Channel,
            d.Applicant.Name,
            (int)d.Applicant.Kind,
            numbers.Open(d.Applicant.IdentitySealed),
            d.Applicant.Phone,
            d.Applicant.Email,
            d.ReceivedAt,
            d.DueAt,
            (int)d.Status,
            d.SettledAt,
            d.ReturnedAt,
            told.AgencyName,
            [.. d.Components.Select(c => new OutgoingDocument(c.Code, c.Kind == CopyKind.Electronic))]
        );
    }

    /// <summary>The act, at the instant when it happened.</summary>
    public static OutgoingProgress Of(ExchangeMessage message, RecordedEvent? e, ToldDossier told) =>
        new(
            told.Dossier.Code,
            (int)(message.Status ?? told.Dossier.Status),
            message.OccurredAt ?? message.CreatedAt,
            told.AgencyName,
            e?.Act ?? "",
            told.Dossier.ReceivedAt,
            e?.DueAt ?? told.Dossier.DueAt
        );

    /// <summary>A partner as it stands in addresses; null when there is none of that name.</summary>
    public static ExchangePartner? PartnerOf(string word) => word == "national-portal" ? ExchangePartner.NationalPortal : null;
}
