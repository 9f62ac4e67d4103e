using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features;

/// <summary>A dossier as officers see it. What identifies a person is masked; the applicant is read in full elsewhere.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Dossier code shown to people.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureVersion">Version of the procedure in force at reception, from 1.</param>
/// <param name="FieldCode">The field of the procedure.</param>
/// <param name="CentreCode">Centre that received it.</param>
/// <param name="CounterId">Counter at which it was received; left out for other channels.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="NationalStatus">National code of the status, 1 to 10.</param>
/// <param name="Applicant">Who applies, masked.</param>
/// <param name="Documents">What was handed in.</param>
/// <param name="ReceivedAt">When it was received; left out of what was only submitted.</param>
/// <param name="DueAt">When the result is due; left out when nothing is promised, and while the clock stands still.</param>
/// <param name="Clock">The legal clock as facts; left out for imported dossiers.</param>
/// <param name="CurrentStep">Number of the step in hand, from 1; left out before the first and after the last.</param>
/// <param name="AssignedTo">Subject of the officer in charge.</param>
/// <param name="SettledAt">When it was settled.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Result">The document that settled it.</param>
/// <param name="LateCause">Why it was late.</param>
/// <param name="ReturnedAt">When the result was given back.</param>
/// <param name="ReturnMethod">How the result was given back.</param>
/// <param name="Handover">To whom it was given back, and by what that person was known; left out when nothing is recorded.</param>
/// <param name="VariantCode">The variant of the procedure; left out for the ordinary case.</param>
/// <param name="PersonGroup">The person's group, where another price holds for it.</param>
/// <param name="DeclaredValue">The value that the applicant declared, in dong.</param>
/// <param name="Copies">Copies of the result that are wanted.</param>
/// <param name="FeesDue">What was to be paid on the day of reception, fee and charge line by line; empty when nothing is, or when it follows from a tariff.</param>
/// <param name="Payment">Whether what is to be paid has been paid.</param>
/// <param name="Delivery">Where the result is on its way to the person.</param>
/// <param name="Sync">Whether the national portal knows the last act.</param>
/// <param name="PromisedAt">What the receipt promises.</param>
/// <param name="SubmittedAt">When it was submitted online.</param>
/// <param name="IntakeDueAt">Until when the person has to be told whether it is accepted.</param>
/// <param name="PortalCode">Code at the national portal.</param>
/// <param name="AssistedAtCentreCode">Centre that helped the person, when it was another one.</param>
/// <param name="Assistance">Whether the person was helped with the submission, by which centre; statistics group by it.</param>
/// <param name="ReturnAtCentreCode">Centre where the result is returned, when it is another one.</param>
/// <param name="HandlingAgencyCode">Agency that has it in hand, when it is not the competent one.</param>
/// <param name="ParentId">Dossier that leads the linked ones.</param>
/// <param name="Proceedings">What was asked, decided and promised on the way.</param>
/// <param name="PersonalDataErasedAt">When the personal data were erased by the rule of retention; left out while they are kept.</param>
internal sealed record DossierView(
    Guid Id,
    string Code,
    string ProcedureCode,
    int ProcedureVersion,
    string FieldCode,
    string CentreCode,
    Guid? CounterId,
    string AgencyCode,
    Channel Channel,
    DossierStatus Status,
    int NationalStatus,
    MaskedApplicant Applicant,
    IReadOnlyList<ComponentView> Documents,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? DueAt,
    ClockView? Clock,
    int? CurrentStep,
    string? AssignedTo,
    DateTimeOffset? SettledAt,
    Outcome? Outcome,
    ResultView? Result,
    string? LateCause,
    DateTimeOffset? ReturnedAt,
    ReturnMethod? ReturnMethod,
    HandoverView? Handover,
    string? VariantCode,
    string? PersonGroup,
    long? DeclaredValue,
    int Copies,
    IReadOnlyList<FeeDue> FeesDue,
    PaymentStatus Payment,
    DeliveryStatus Delivery,
    SyncStatus Sync,
    DateTimeOffset? PromisedAt,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? IntakeDueAt,
    string? PortalCode,
    string? AssistedAtCentreCode,
    Assistance Assistance,
    string? ReturnAtCentreCode,
    string? HandlingAgencyCode,
    Guid? ParentId,
    ProceedingsView Proceedings,
    DateTimeOffset? PersonalDataErasedAt
)
{
    public static int NationalCode(DossierStatus status) => (int)status;

    public static DateTimeOffset? EndOf(Deadline? deadline) => deadline?.DueAt;

    public static Guid? IdOf(DossierId? id) => id?.Value;

    public static DossierView Of(Dossier d) =>
        new(
            d.Id.Value,
            d.Code,
            d.ProcedureCode,
            d.ProcedureVersion,
            d.FieldCode,
            d.CentreCode,
            d.CounterId,
            d.AgencyCode,
            d.Channel,
            d.Status,
            NationalCode(d.Status),
            MaskedApplicant.Of(d.Applicant),
            ComponentView.Of(d.Components),
            d.OnlySubmitted ? null : d.ReceivedAt,
            d.DueAt,
            ClockView.Of(d.Clock),
            d.CurrentStep,
            d.AssignedTo,
            d.SettledAt,
            d.Outcome,
            ResultView.Of(d.Result),
            d.LateCause,
            d.ReturnedAt,
            d.ReturnMethod,
            HandoverView.Of(d.ReturnedTo, d.ReturnIdentity, d.ReturnAuthorisation, d.ReturnConsignment),
            d.VariantCode,
            d.PersonGroup,
            d.DeclaredValue,
            d.Copies,
            d.FeesDue,
            d.Payment,
            d.Delivery,
            d.Sync,
            d.PromisedAt,
            d.SubmittedAt,
            EndOf(d.Intake),
            d.PortalCode,
            d.AssistedCentreCode,
            d.Assistance,
            d.ReturnCentreCode,
            d.HandlingAgencyCode,
            IdOf(d.ParentId),
            ProceedingsView.Of(d.Supplements, d.Extension, d.Withdrawal, d.Closing),
            d.ErasedAt
        );
}

/// <summary>Who applies, without what identifies the person.</summary>
/// <param name="Kind">What kind of applicant.</param>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="IdentityNumber">Identity number with its middle hidden.</param>
/// <param name="Phone">Telephone with its middle hidden.</param>
internal sealed record MaskedApplicant(ApplicantKind Kind, string Name, string? IdentityNumber, string? Phone)
{
    public static MaskedApplicant Of(Applicant a) => new(a.Kind, a.Name, Mask.Number(a.IdentityNumber), Mask.Number(a.Phone));
}

/// <summary>A component that was handed in.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Kind">Original, copy or electronic file.</param>
/// <param name="Quantity">How many sets, 1 to 100.</param>
/// <param name="Pages">How many pages each, 1 to 10,000.</param>
/// <param name="NoScan">Why no scan is needed of it.</param>
internal sealed record ComponentView(string Code, CopyKind Kind, int Quantity, int? Pages, NoScanReason? NoScan)
{
    public static IReadOnlyList<ComponentView> Of(IReadOnlyList<DossierComponent> components) =>
        [.. components.Select(c => new ComponentView(c.Code, c.Kind, c.Quantity, c.Pages, c.NoScan))];
}

/// <summary>To whom a result was given back.</summary>
/// <param name="Receiver">Who took it, or to whom it was sent.</param>
/// <param name="IdentityCheck">How the receiver was identified.</param>
/// <param name="AuthorisationNumber">Number of the authorisation by which somebody else took it.</param>
/// <param name="AuthorisationDate">Its date.</param>
/// <param name="ConsignmentNumber">Number of the consignment, when it went by post.</param>
internal sealed record HandoverView(
    string? Receiver,
    IdentityCheck? IdentityCheck,
    string? AuthorisationNumber,
    DateOnly? AuthorisationDate,
    string? ConsignmentNumber
)
{
    public static HandoverView? Of(string? receiver, IdentityCheck? identity, Authorisation? authorisation, string? consignment) =>
        receiver is null && identity is null && consignment is null
            ? null
            : new(receiver, identity, authorisation?.Number, authorisation?.Date, consignment);
}

/// <summary>The document that settled a dossier.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Date">Its date.</param>
/// <param name="Signer">Who signed, by office.</param>
/// <param name="Reason">Why it was refused; left out for a result.</param>
/// <param name="Files">Its files; left out when it is on paper only, or they were added later.</param>
internal sealed record ResultView(string Number, DateOnly Date, string Signer, string? Reason, IReadOnlyList<ResultFileView>? Files)
{
    public static ResultView? Of(ResultDocument? document) =>
        document is null
            ? null
            : new(
                document.Number,
                document.Date,
                document.Signer,
                document.Reason,
                document.Files is { } files ? [.. files.Select(ResultFileView.Of)] : null
            );
}

/// <summary>A file that is the result.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="SignedBy">Who signed it electronically.</param>
/// <param name="SignedAt">When, as the signature says.</param>
/// <param name="CertificateSerial">Serial number of the certificate in hexadecimal.</param>
/// <param name="CoversWholeFile">Whether the signature covers all of the file; left out when it was not read from it.</param>
/// <param name="Trust">Whether its certificate is to be trusted; left out without a signature.</param>
internal sealed record ResultFileView(
    Guid DocumentId,
    string? SignedBy,
    DateTimeOffset? SignedAt,
    string? CertificateSerial,
    bool? CoversWholeFile,
    SignatureTrust? Trust
)
{
    public static ResultFileView Of(ResultFile f) =>
        new(
            f.Id,
            f.Signature?.Signer,
            f.Signature?.SignedAt,
            f.Signature?.CertificateSerial,
            f.Signature?.CoversWholeFile,
            f.Signature?.Trust
        );
}

/// <summary>The legal clock as facts.</summary>
/// <param name="Term">The legal term; left out with a same-day rule or without a due date.</param>
/// <param name="SameDayCutOff">Last local time that still counts for the same day.</param>
/// <param name="Policy">At which moment of its last day the term ends.</param>
/// <param name="CalendarCode">The calendar it runs by.</param>
/// <param name="CalendarVersion">Version of the calendar that the due instant was computed with.</param>
/// <param name="Segments">When time counted, oldest first.</param>
internal sealed record ClockView(
    TermView? Term,
    TimeOnly? SameDayCutOff,
    DuePolicy Policy,
    string CalendarCode,
    int CalendarVersion,
    IReadOnlyList<SegmentView> Segments
)
{
    public static ClockView? Of(DossierClock? clock) =>
        clock is null
            ? null
            : new(
                clock.Rule.Term is { } t ? new(t.Value, t.Unit) : null,
                clock.Rule.SameDayCutOff,
                clock.Rule.Policy,
                clock.CalendarCode,
                clock.CalendarVersion,
                [.. clock.Segments.Select(s => new SegmentView(s.From, s.To, s.State, s.Reason))]
            );
}

/// <summary>A legal term with its unit.</summary>
/// <param name="Value">How many units; may have a fraction.</param>
/// <param name="Unit">In what it is counted.</param>
internal sealed record TermView(decimal Value, TermUnit Unit);

/// <summary>A stretch of the legal clock.</summary>
/// <param name="From">Begin.</param>
/// <param name="To">End; left out while it lasts.</param>
/// <param name="State">Whether time counts.</param>
/// <param name="Reason">The act that opened it.</param>
internal sealed record SegmentView(DateTimeOffset From, DateTimeOffset? To, ClockState State, string Reason);
