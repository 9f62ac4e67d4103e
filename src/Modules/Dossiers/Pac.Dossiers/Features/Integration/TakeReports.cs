using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Exchange;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

/// <summary>Applies what other systems report: submissions become dossiers by themselves, statuses are taken over from whoever states them.</summary>
internal sealed partial class TakeReports(
    DossiersDbContext db,
    ExchangeSettings settings,
    OnlineSubmissions submissions,
    PinnedProcedures procedures,
    IDossierNumbers numbers,
    CentreCalendars centres,
    ILaw laws,
    IMessageSeals seals,
    TimeProvider clock
) : IExchangeInbox
{
    private const int MostDocuments = 100;
    private static readonly TimeSpan Drift = TimeSpan.FromMinutes(5);
    private static readonly ApplicantInputValidator Applicants = new();
    private static readonly ComponentInputValidator Components = new();

    public async Task Apply(ExchangeMessage message, IncomingStatus said, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var status = (DossierStatus)said.Status;
        var dossier = await db.ReportedDossier(said.Code, ct);
        message.Understand(said.Code, dossier?.Id, status, said.OccurredAt);
        if (said.OccurredAt > now + Drift)
            message.Park("in-the-future");
        else if (dossier is not null)
            await Follow(message, said, dossier, now, ct);
        else if (status == DossierStatus.Submitted)
            await Submit(message, said, now, ct);
        else
            message.Park("unknown-dossier");
        if (message.State == ExchangeState.Done)
            await QueueFiles(message, said, now, ct);
    }

    private async Task Follow(ExchangeMessage message, IncomingStatus said, Dossier dossier, DateTimeOffset now, CancellationToken ct)
    {
        var status = (DossierStatus)said.Status;
        if (dossier.StatedBy != StatingSystem(message.Partner))
            message.Finish(dossier.Status == status ? "agrees" : "not-stating", now);
        else if (await db.IsOlder(dossier.Id, status, said.OccurredAt, ct))
            message.Finish("older", now);
        else if (dossier.Status == status)
            message.Finish("repeated", now);
        else if (said.OccurredAt < dossier.ReceivedAt)
            message.Park("before-reception");
        else
        {
            var content = await procedures.ContentOf(dossier, ct);
            // A clock that begins goes by the newest calendar; a change of it waits until this is saved.
            var version = dossier.CalendarCode is { } code ? await numbers.CalendarVersion(code, ct) : 0;
            var centre = await centres.Get(dossier, version, ct);
            var law = await laws.On(said.OccurredAt.LocalDay(), ct);
            dossier.Report(
                status,
                new(
                    [.. said.Fees.Select(f => new ReportedFee(f.Name, f.Dong))],
                    [.. said.Wanted.Select(w => new SupplementItem(w.Code, w.Reason, false))],
                    said.Submission.Documents
                ),
                new(content, centre.Calendar, law),
                ExchangeInbox.Reporter,
                said.OccurredAt
            );
            message.Finish("applied", now);
        }
    }

    // The time of intake counts from when the person submitted, whenever we were told.
    private async Task Submit(ExchangeMessage message, IncomingStatus said, DateTimeOffset now, CancellationToken ct)
    {
        var s = said.Submission;
        var procedure = await db.Procedures.AsNoTracking().FirstOrDefaultAsync(p => p.Code == said.ProcedureCode, ct);
        if ((procedure is null ? "unknown-procedure" : Wrong(said)) is { } wrong)
        {
            message.Park(wrong);
            return;
        }
        var agency = AgencyPrefix().Match(said.Code) is { Success: true } prefix ? prefix.Groups[1].Value : null;
        var centre = agency is not null && settings.IntakeCentres.TryGetValue(agency, out var own) ? own : settings.IntakeCentre;
        if (centre is null)
        {
            message.Park("no-intake-centre");
            return;
        }
        var content = procedure!.InForceOn(now.LocalDay())?.Content;
        // What one centre alone receives goes there, whatever the usual centre is.
        if (content is { CentreCodes: [var only] } && !content.IsReceivedAt(centre))
            centre = only;
        var fixedAgency = content?.AgencyCode is not null;
        var dossier = await submissions.Take(
            new(
                centre,
                said.ProcedureCode,
                Applicant(s),
                [.. s.Documents.Select(c => new ComponentInput(c, CopyKind.Electronic))],
                s.SubmittedAt ?? said.OccurredAt,
                said.Code,
                // The code of a dossier begins with that of the competent agency; it is asked for where the procedure names none.
                fixedAgency ? null : agency
            )
            {
                HandedOn = true,
            },
            ct
        );
        message.Understand(said.Code, dossier.Id, DossierStatus.Submitted, said.OccurredAt);
        message.Finish("submitted", now);
    }

    // Files are no status: whoever states it, what a person hands in there belongs to the dossier. What we told ourselves is none of them.
    private async Task QueueFiles(ExchangeMessage message, IncomingStatus said, DateTimeOffset now, CancellationToken ct)
    {
        if (message.DossierId is not { } id || said.Files.Count == 0)
            return;
        var own = await db.Files.Where(f => f.DossierId == id).Select(f => f.Id).ToListAsync(ct);
        var theirs = (await db.SentFiles(message.Partner, [.. own.Select(f => f.Value)], ct)).Values.ToHashSet();
        var named = new Dictionary<string, IncomingFile>();
        foreach (var file in said.Files)
        {
            var ours =
                Guid.TryParse(file.Id, out var guid) && own.Contains(new(guid))
                || theirs.Contains(file.Id)
                || settings.PublicAddress.Length > 0 && file.Link.StartsWith(settings.PublicAddress, StringComparison.OrdinalIgnoreCase);
            if (!ours)
                named[await seals.KeyOf($"{id.Value:N} {file.ComponentCode} {(file.Id.Length > 0 ? file.Id : file.Link)}", ct)] = file;
        }
        var known = await db.KnownKeys(message.Partner, [.. named.Keys], ct);
        foreach (var (key, file) in named.Where(n => !known.Contains(n.Key)))
            db.ExchangeMessages.Add(message.WithFile(id, seals.Close(file.Text), key, now));
    }

    private static string? Wrong(IncomingStatus said)
    {
        var s = said.Submission;
        return s.Channel is not (null or (int)Channel.Online) ? "not-online"
            : !PortalCode().IsMatch(said.Code) ? "code-invalid"
            : s.ApplicantName is null ? "name-missing"
            : s.IdentityNumber is null ? "identity-missing"
            : !KeptNumber().IsMatch(s.IdentityNumber) ? "identity-invalid"
            : s.Documents.Count > MostDocuments || s.Documents.Any(c => !Components.Validate(new ComponentInput(c)).IsValid)
                ? "documents-invalid"
            // The number is that of an account elsewhere, and is kept as it came.
            : !Applicants.Validate(Applicant(s) with { IdentityNumber = null }).IsValid ? "applicant-invalid"
            : null;
    }

    private static ApplicantInput Applicant(IncomingSubmission s) =>
        new(s.ApplicantName ?? "", (ApplicantKind)s.ApplicantKind, s.IdentityNumber, s.Phone, s.Email);

    /// <summary>The system that speaks through a partner.</summary>
    private static StatedBy StatingSystem(ExchangePartner partner) =>
        partner switch
        {
            ExchangePartner.NationalPortal => StatedBy.NationalPortal,
            ExchangePartner.IGate => StatedBy.IGate,
            _ => throw new InvalidOperationException($"{partner} states nothing."),
        };

    [GeneratedRegex(@"^([A-Z][0-9]{2}(?:\.[0-9]{2,3})*)-")]
    private static partial Regex AgencyPrefix();

    [GeneratedRegex("^[A-Za-z0-9.-]{1,60}$")]
    private static partial Regex PortalCode();

    [GeneratedRegex(PersonalData.KeptNumberPattern)]
    private static partial Regex KeptNumber();
}
