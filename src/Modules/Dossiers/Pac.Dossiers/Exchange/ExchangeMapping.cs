using System.Globalization;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Exchange;

/// <summary>The one place where our words become those of the exchange. Status codes are the national ones on both sides.</summary>
internal static class ExchangeMapping
{
    private const int AtReception = 1;
    private const int WithSupplement = 2;
    private const int AtReturn = 4;

    /// <summary>The dossier as it stands.</summary>
    /// <param name="told">The dossier with what lies around it.</param>
    /// <param name="numbers">Opens the identity number.</param>
    /// <param name="publicAddress">Where files can be fetched; empty when they cannot.</param>
    public static OutgoingDossier Of(ToldDossier told, IIdentityNumbers numbers, string publicAddress)
    {
        var d = told.Dossier;
        return new(
            CodeOf(d),
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
            [.. d.Components.SelectMany(c => Documents(c, told.Files, publicAddress))]
        )
        {
            SubmittedAt = d.SubmittedAt ?? d.ReceivedAt,
            RejectedAt = d.Status == DossierStatus.Rejected ? d.SettledAt : null,
            EIdentity = d.Channel == Channel.Online,
            PaidOnline = PaidOnline(d.Payments),
            Fees =
            [
                .. d
                    .FeesDue.Where(f => !f.Exempt)
                    .Select(f => new OutgoingFee(f.Code, f.Name, f.Dong, f.Kind == FeeKind.Charge, AtReception)),
                .. d.Payments.Where(p => p.Status is PaymentStatus.Waiting or PaymentStatus.Paid).SelectMany(p => BesideTariff(d, p)),
            ],
            Supplements =
            [
                .. d.Supplements.Select(
                    (s, i) =>
                        new OutgoingSupplement(
                            string.Create(CultureInfo.InvariantCulture, $"{i + 1}"),
                            [.. s.Items.Select(x => new WantedPaper(x.Code, x.Reason))],
                            s.RequestedAt,
                            s.CompletedAt
                        )
                ),
            ],
            Results =
            [
                .. told
                    .Files.Where(f => f.Kind == FileKind.Result && d.Status is DossierStatus.Completed or DossierStatus.Returned)
                    .Select(f => new OutgoingResult(f.Id.Value.ToString(), f.Name, Link(f, publicAddress), d.Result?.Number ?? "")),
            ],
        };
    }

    /// <summary>The code under which other systems know a dossier: the one it came with, else ours.</summary>
    public static string CodeOf(Dossier d) => d.PortalCode ?? d.Code;

    /// <summary>The act, at the instant when it happened.</summary>
    public static OutgoingProgress Of(ExchangeMessage message, RecordedEvent? e, ToldDossier told) =>
        new(
            CodeOf(told.Dossier),
            (int)(message.Status ?? told.Dossier.Status),
            message.OccurredAt ?? message.CreatedAt,
            told.AgencyName,
            e?.Act ?? "",
            told.Dossier.ReceivedAt,
            e?.DueAt ?? told.Dossier.DueAt
        );

    /// <summary>A partner as it stands in addresses; null when there is none of that name.</summary>
    public static ExchangePartner? PartnerOf(string word) =>
        word switch
        {
            "national-portal" => ExchangePartner.NationalPortal,
            "igate" => ExchangePartner.IGate,
            _ => null,
        };

    // What is demanded and stands in no tariff has a code of its own in each demand.
    private static IEnumerable<OutgoingFee> BesideTariff(Dossier d, Payment p) =>
        p.Parts()
            .Where(l => d.FeesDue.All(f => f.Code != l.Code))
            .Select(l => new OutgoingFee(
                string.Create(CultureInfo.InvariantCulture, $"{l.Code}-{p.Number}"),
                l.Name,
                l.Dong,
                l.Kind == FeeKind.Charge,
                p.Timing switch
                {
                    PaymentTiming.AtReturn => AtReturn,
                    PaymentTiming.AtSupplement => WithSupplement,
                    _ => AtReception,
                }
            ));

    // A component with each of its files; without one when there is none.
    private static IEnumerable<OutgoingDocument> Documents(DossierComponent c, IReadOnlyList<DossierFile> files, string publicAddress)
    {
        var electronic = c.Kind == CopyKind.Electronic;
        var own = files.Where(f => f.Kind != FileKind.Result && f.ComponentCode == c.Code).ToList();
        return own.Count == 0
            ? [new OutgoingDocument(c.Code, electronic)]
            : own.Select(f => new OutgoingDocument(
                c.Code,
                electronic,
                new(
                    f.Id.Value.ToString(),
                    f.Name,
                    Link(f, publicAddress),
                    f.Kind == FileKind.Scan,
                    f.Origin == FileOrigin.Reused,
                    f.Origin == FileOrigin.SharedStore,
                    f.ReplacedResultNumber
                )
            ));
    }

    private static string Link(DossierFile f, string publicAddress) =>
        publicAddress.Length == 0 ? "" : $"{publicAddress}/api/v1/dossiers/{f.DossierId.Value}/documents/{f.Id.Value}/content";

    private static int PaidOnline(IReadOnlyList<Payment> payments)
    {
        var paid = payments.Where(p => p.Status == PaymentStatus.Paid).Select(p => p.Method).ToList();
        return paid.Contains(PaymentMethod.NationalPortal) ? 1
            : paid.Contains(PaymentMethod.ProvincialGateway) ? 2
            : 0;
    }
}
