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
    ExchangePartners partners,
    TimeProvider clock
) : IExchangeInbox
{
    private const int MostDocuments = 100;
    private const string Incomplete = "answer-incomplete";
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
        if (message.State == ExchangeState.Done || message.Answer == Incomplete)
            await QueueFiles(message, said, now, ct);
    }

    private async Task Follow(ExchangeMessage message, IncomingStatus said, Dossier dossier, DateTimeOffset now, CancellationToken ct)
    {
        var status = (DossierStatus)said.Status;
        if (!Speaks(message.Partner, dossier.StatedBy))
        {
            if (!await TakeActOfPerson(message, said, dossier, now, ct))
                message.Finish(dossier.Status == status ? "agrees" : "not-stating", now);
            return;
        }
        var newer = await db.NewerReports(dossier.Id, status, said.OccurredAt, ct);
        if (newer.Count > 0 && !dossier.TakesLate(status, said.OccurredAt, newer.Select(m => (m.Status, m.Answer == "repeated"))))
            message.Finish("older", now);
        else if (dossier.Status == status)
            message.Finish("repeated", now);
        else if (said.OccurredAt < dossier.ReceivedAt)
            message.Park("before-reception");
        else
        {
            await Report(dossier, said, ct);
            message.Finish("applied", now);
            // What overtook it follows it now, in its order: so a clock that stood still meanwhile stood still.
            foreach (var later in newer)
                if (later.Status != dossier.Status && partners[later.Partner].Read(later.TextBy(seals) ?? "").Status is { } then)
                {
                    await Report(dossier, then, ct);
                    later.Finish("applied", now);
                }
        }
    }

    private async Task Report(Dossier dossier, IncomingStatus said, CancellationToken ct)
    {
        var (content, calendar, law) = await RulesFor(dossier, said.OccurredAt, ct);
        dossier.Report(
            (DossierStatus)said.Status,
            new(
                [.. said.Fees.Select(f => new ReportedFee(f.Name, f.Dong))],
                [.. said.Wanted.Select(w => new SupplementItem(w.Code, w.Reason, false))],
                said.Submission.Documents
            ),
            new(content, calendar, law),
            ExchangeInbox.Reporter,
            said.OccurredAt
        );
    }

    // A clock that begins goes by the newest calendar; a change of it waits until this is saved.
    private async Task<ReportRules> RulesFor(Dossier dossier, DateTimeOffset at, CancellationToken ct)
    {
        var version = dossier.CalendarCode is { } code ? await numbers.CalendarVersion(code, ct) : 0;
        var centre = await centres.Get(dossier, version, ct);
        return new(await procedures.ContentOf(dossier, ct), centre.Calendar, await laws.On(at.LocalDay(), ct));
    }

    // What a person does on the portal is a fact and no statement of a status: it counts, at its instant, while we state that. What the portal
    // only repeats after us is none.
    private async Task<bool> TakeActOfPerson(
        ExchangeMessage message,
        IncomingStatus said,
        Dossier dossier,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var (status, at) = ((DossierStatus)said.Status, said.OccurredAt < now ? said.OccurredAt : now);
        if (
            (dossier.StatedBy, message.Partner) != (StatedBy.Pac, ExchangePartner.NationalPortal)
            || dossier.Status == status
            || await db.WasTold(message.Partner, dossier.Id, status, said.OccurredAt, ct)
        )
            return false;
        return status switch
        {
            DossierStatus.WithdrawalRequested => WantedBack(message, dossier, at, now),
            DossierStatus.Submitted or DossierStatus.InProcess => await Answered(message, said, dossier, at, now, ct),
            _ => false,
        };
    }

    private static bool WantedBack(ExchangeMessage message, Dossier dossier, DateTimeOffset at, DateTimeOffset now)
    {
        if (dossier.Withdrawal is { } before && at <= (before.DecidedAt ?? before.RequestedAt))
            return false;
        if (at < (dossier.SubmittedAt ?? dossier.ReceivedAt))
        {
            message.Park("before-reception");
            return true;
        }
        dossier.RequestWithdrawal(Channel.Online, null, ExchangeInbox.Reporter, at);
        message.Finish("applied", now);
        return true;
    }

    private async Task<bool> Answered(
        ExchangeMessage message,
        IncomingStatus said,
        Dossier dossier,
        DateTimeOffset at,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var papers = said.Submission.Documents;
        if (papers.Count == 0 || dossier.Supplements is not [.., var asked] || asked.CompletedAt is not null || at <= asked.RequestedAt)
            return false;
        // Somebody has to open again what ended because nobody told us in time.
        if (asked.ExpiredAt is not null && dossier.SettledAt is not null && at <= asked.Answer.DueAt)
        {
            message.Park("answered-in-time");
            return true;
        }
        if (dossier.Status != DossierStatus.SupplementRequested)
            return false;
        var files = await Theirs(message, dossier.Id, said, ct);
        var before = await db.KnownKeys(message.Partner, [.. files.Keys], asked.RequestedAt, ct);
        // A paper that lay with the dossier when it was asked for is no answer.
        var brought = papers
            .Where(p => said.Files.All(f => f.ComponentCode != p) || files.Any(f => f.Value.ComponentCode == p && !before.Contains(f.Key)))
            .ToList();
        var wanted = asked.Items.Select(i => i.Code).ToList();
        if (wanted.Except(brought).Any())
        {
            message.Park(Incomplete);
            return true;
        }
        var (content, calendar, law) = await RulesFor(dossier, at, ct);
        var given = brought.Where(p =>
            wanted.Contains(p) || content.Components.Any(c => c.Code == p) && dossier.Components.All(c => c.Code != p)
        );
        dossier.SubmitSupplement(
            [.. given.Select(p => new DossierComponent(p, CopyKind.Electronic, 1, null))],
            content,
            calendar,
            law,
            ExchangeInbox.Reporter,
            at
        );
        message.Finish("applied", now);
        return true;
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
        // Two clocks are never quite the same.
        var submittedAt = s.SubmittedAt ?? said.OccurredAt;
        var dossier = await submissions.Take(
            new(
                centre,
                said.ProcedureCode,
                Applicant(s),
                [.. s.Documents.Select(c => new ComponentInput(c, CopyKind.Electronic))],
                submittedAt > now && submittedAt <= now + Drift ? now : submittedAt,
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
        var named = await Theirs(message, id, said, ct);
        var known = await db.KnownKeys(message.Partner, [.. named.Keys], now, ct);
        foreach (var (key, file) in named.Where(n => !known.Contains(n.Key)))
            db.ExchangeMessages.Add(message.WithFile(id, seals.Close(file.Text), key, now));
    }

    // The files that are none of ours, by the key under which each is fetched once.
    private async Task<Dictionary<string, IncomingFile>> Theirs(
        ExchangeMessage message,
        DossierId id,
        IncomingStatus said,
        CancellationToken ct
    )
    {
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
        return named;
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

    // Through the portal ministries speak as well.
    private static bool Speaks(ExchangePartner partner, StatedBy stating) =>
        partner switch
        {
            ExchangePartner.NationalPortal => stating is StatedBy.NationalPortal or StatedBy.Ministry,
            ExchangePartner.IGate => stating == StatedBy.IGate,
            _ => false,
        };

    [GeneratedRegex(@"^([A-Z][0-9]{2}(?:\.[0-9]{2,3})*)-")]
    private static partial Regex AgencyPrefix();

    [GeneratedRegex("^[A-Za-z0-9.-]{1,60}$")]
    private static partial Regex PortalCode();

    [GeneratedRegex(PersonalData.KeptNumberPattern)]
    private static partial Regex KeptNumber();
}
