using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>What a proof came to.</summary>
/// <param name="Dossiers">Dossiers in it.</param>
/// <param name="Hash">The last hash of its chain.</param>
internal readonly record struct ProofSeal(long Dossiers, string Hash);

/// <summary>
/// Writes the facts behind the figures, one JSON object per line. Each line ends with <c>"hash"</c>: the SHA-256, in hexadecimal, of the hash
/// before it (64 noughts for the first) followed by the line as it reads without that member. The last line seals the chain. One dossier is in
/// memory at a time. Of the calendars there is what the figures of the period need and nothing else, so that no later change of a calendar
/// changes the hash of a period that is over.
/// </summary>
internal sealed class ProofWriter(DossiersDbContext db, CentreCalendars centres, PublicationTimes publications, TimeProvider clock)
{
    public const string Schema = "pac.dossier-facts.v1";
    private const int FlushAt = 64 * 1024;
    private static readonly string Start = new('0', 64);

    /// <summary>The calendars of the centres that have figures; asked before the first line, so that a refusal can still be told.</summary>
    public async Task<IReadOnlyDictionary<string, WorkingCalendar>> Calendars(DateOnly to, CancellationToken ct) =>
        await centres.Of(await db.CentresWithFigures(to, ct), ct);

    /// <summary>Writes the proof of a period to a stream.</summary>
    public async Task<ProofSeal> Write(
        DateOnly from,
        DateOnly to,
        DataScope scope,
        IReadOnlyDictionary<string, WorkingCalendar> calendars,
        Stream target,
        CancellationToken ct
    )
    {
        var buffer = new ArrayBufferWriter<byte>(FlushAt * 2);
        var line = new ArrayBufferWriter<byte>(4096);
        await using var json = new Utf8JsonWriter(line, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var chain = Encoding.ASCII.GetBytes(Start);
        var count = 0L;
        var province = await publications.Calendar(ct);
        var versions = await publications.Of(from, to, ct);
        var procedures = await db.Procedures.AsNoTracking().OrderBy(p => p.Code).ToListAsync(ct);
        var flags = procedures
            .SelectMany(p => p.Versions.Select(v => (Key: (p.Code, v.Number), v.Content.Flags)))
            .ToDictionary(v => v.Key, v => v.Flags);
        var opinions = await db.OpinionsOf(scope, from, to, clock.GetUtcNow(), ct);
        var parameters = await db.QualityParametersOn(to, ct);
        var (begin, end) = (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());
        await using var facts = db.FactsOf(scope, begin, end).GetAsyncEnumerator(ct);
        // They come in the order of reception: nothing of the period began before the first of them.
        var any = await facts.MoveNextAsync();
        var first = any && facts.Current.ReceivedAt < begin ? facts.Current.ReceivedAt.LocalDay() : from;
        Header(json, (from, to), scope, InForce(procedures, to));
        WorkingDays(
            json,
            calendars.Values.UnionBy(province is null ? [] : [province], c => c.Definition.Code),
            c => (first, c.Code == province?.Definition.Code ? LastNeeded(province, versions, to) : to)
        );
        Publications(json, province, versions);
        Opinions(json, opinions, parameters);
        json.WriteEndObject();
        Append();
        for (; any; any = await facts.MoveNextAsync())
        {
            var d = facts.Current;
            Fact(json, d, d.PromisedAt(calendars), flags.GetValueOrDefault((d.ProcedureCode, d.ProcedureVersion)));
            Append();
            count++;
            if (buffer.WrittenCount < FlushAt)
                continue;
            await target.WriteAsync(buffer.WrittenMemory, ct);
            buffer.ResetWrittenCount();
        }
        var seal = new ProofSeal(count, Encoding.ASCII.GetString(chain));
        buffer.Write(
            Encoding.ASCII.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"kind\":\"end\",\"dossiers\":{count},\"lastHash\":\"{seal.Hash}\",\"asOf\":\"{Instant(clock.GetUtcNow())}\"}}\n"
                )
            )
        );
        await target.WriteAsync(buffer.WrittenMemory, ct);
        return seal;

        void Append()
        {
            json.Flush();
            var text = line.WrittenSpan;
            Span<byte> hash = stackalloc byte[32];
            using (var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                sha.AppendData(chain);
                sha.AppendData(text);
                sha.GetHashAndReset(hash);
            }
            chain = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash));
            buffer.Write(text[..^1]);
            buffer.Write(",\"hash\":\""u8);
            buffer.Write(chain);
            buffer.Write("\"}\n"u8);
            line.ResetWrittenCount();
            json.Reset();
        }
    }

    // The procedures in force on the last day, in the order of their codes.
    private static IEnumerable<(string Code, ProcedureContent Content)> InForce(IEnumerable<Procedure> procedures, DateOnly day) =>
        procedures
            .Select(p => (p.Code, p.InForceOn(day)?.Content))
            .Where(p => p.Content is not null)
            .OrderBy(p => p.Code, StringComparer.Ordinal)
            .Select(p => (p.Code, p.Content!));

    /// <summary>An instant to the microsecond in UTC: texts of the same length, which sort as they follow each other.</summary>
    public static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static void Header(
        Utf8JsonWriter json,
        (DateOnly From, DateOnly To) period,
        DataScope scope,
        IEnumerable<(string Code, ProcedureContent Content)> procedures
    )
    {
        var (from, to) = period;
        json.WriteStartObject();
        json.WriteString("kind", "header");
        json.WriteString("schema", Schema);
        json.WriteString("from", Day(from));
        json.WriteString("to", Day(to));
        json.WriteString("scope", scope.ToString());
        json.WriteString("offset", "+07:00");
        json.WriteString("rounding", "halfUp2");
        json.WriteStartObject("definitions");
        json.WriteString("byInstant", "settledAt <= dueAt; of what was settled in the period");
        json.WriteString("byDay", "day of settledAt <= day of dueAt; of what was settled in the period");
        json.WriteString(
            "by766",
            "end - supplement <= promisedAt, second supplement overdue, end of the open: request awaited, wish to withdraw or cut-off; of what was open or settled in the period"
        );
        json.WriteEndObject();
        // What reports count of procedures is counted from here.
        json.WriteStartArray("procedures");
        foreach (var (code, content) in procedures)
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteString("level", FigureReader.EnumWord(content.Level));
            json.WriteBoolean("online", content.OnlineLevel != OnlineLevel.CounterOnly);
            json.WriteBoolean("workflow", content.Steps.Count > 0);
            json.WriteBoolean("complete", content.MissingParts().Count == 0);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // The calendars, with the special days that shares of time and times of publicity are counted with.
    private static void WorkingDays(
        Utf8JsonWriter json,
        IEnumerable<WorkingCalendar> calendars,
        Func<CalendarDefinition, (DateOnly First, DateOnly Last)> needed
    )
    {
        json.WriteStartArray("calendars");
        foreach (var c in calendars.Select(c => c.Definition).OrderBy(c => c.Code, StringComparer.Ordinal))
        {
            var (first, last) = needed(c);
            json.WriteStartObject();
            json.WriteString("code", c.Code);
            json.WriteStartObject("week");
            foreach (var (day, shifts) in c.Week.OrderBy(w => ((int)w.Key + 6) % 7))
                Shifts(json, FigureReader.EnumWord(day), shifts);
            json.WriteEndObject();
            json.WriteStartArray("specialDays");
            foreach (var d in c.Days.Where(d => d.Date >= first && d.Date <= last).OrderBy(d => d.Date))
            {
                json.WriteStartObject();
                json.WriteString("date", Day(d.Date));
                json.WriteBoolean("open", d.IsOpen);
                json.WriteString("reason", d.Reason);
                if (d is { IsOpen: true, Shifts: { Count: > 0 } own })
                    Shifts(json, "hours", own);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Shifts(Utf8JsonWriter json, string name, IEnumerable<Shift> shifts)
    {
        json.WriteStartArray(name);
        foreach (var s in shifts)
            json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{s.Opens:HH\\:mm}-{s.Closes:HH\\:mm}"));
        json.WriteEndArray();
    }

    // The times of publicity of what was decided in the period may end after it.
    private static DateOnly LastNeeded(
        WorkingCalendar calendar,
        IReadOnlyList<(Procedure Procedure, ProcedureVersion Version, PublicationTiming Timing)> versions,
        DateOnly to
    )
    {
        var ends = versions
            .SelectMany(v => new[] { v.Timing.DaysBeforeEffect is null ? null : (DateOnly?)v.Version.EffectiveFrom, Published(v) })
            .OfType<DateOnly>()
            .ToList();
        // One on which nobody works counts as the next one that is open.
        return ends.Count == 0 || ends.Max() <= to ? to : calendar.NextOpening(ends.Max().StartInstant()).LocalDay();

        static DateOnly? Published((Procedure Procedure, ProcedureVersion Version, PublicationTiming Timing) v) =>
            v.Timing.DaysToPublic is null ? null : v.Version.PublishedOn;
    }

    // What indices 5.2 to 5.4 count of feedback and ratings, stated as sums: who said what leaves the house with no line. And what points are made of.
    private static void Opinions(Utf8JsonWriter json, Opinions opinions, IReadOnlyDictionary<string, QualityParameter> parameters)
    {
        json.WriteStartObject("opinions");
        json.WriteNumber("feedback", opinions.Feedback);
        json.WriteNumber("overdue", opinions.Overdue);
        json.WriteNumber("disliked", opinions.Disliked);
        json.WriteNumber("repeated", opinions.Repeated);
        json.WriteNumber("discontent", opinions.Discontent);
        json.WriteEndObject();
        json.WriteStartArray("parameters");
        foreach (var p in parameters.Values.OrderBy(p => p.Index, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("index", p.Index);
            if (p.Maximum is { } maximum)
                json.WriteNumber("maximum", maximum);
            if (p.Target is { } target)
                json.WriteNumber("target", target);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // What indices 1.1 and 1.2 are counted from.
    private static void Publications(
        Utf8JsonWriter json,
        WorkingCalendar? calendar,
        IEnumerable<(Procedure Procedure, ProcedureVersion Version, PublicationTiming Timing)> versions
    )
    {
        if (calendar is not null)
            json.WriteString("provinceCalendar", calendar.Definition.Code);
        json.WriteStartArray("publications");
        foreach (var (procedure, version, timing) in versions)
        {
            json.WriteStartObject();
            json.WriteString("code", procedure.Code);
            json.WriteNumber("version", version.Number);
            json.WriteString("decidedOn", Day(version.DecidedOn!.Value));
            if (version.PublishedOn is { } published)
                json.WriteString("publishedOn", Day(published));
            json.WriteString("effectiveFrom", Day(version.EffectiveFrom));
            if (timing.DaysWanted is { } wanted)
                json.WriteNumber("daysWanted", wanted);
            if (timing.DaysAllowed is { } allowed)
                json.WriteNumber("daysAllowed", allowed);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Fact(Utf8JsonWriter json, DossierFacts d, DateTimeOffset? promisedAt, ProcedureFlags? flags)
    {
        json.WriteStartObject();
        json.WriteString("kind", "dossier");
        json.WriteString("id", d.Id);
        json.WriteString("code", d.Code);
        json.WriteString("centre", d.CentreCode);
        json.WriteString("agency", d.AgencyCode);
        json.WriteString("field", d.FieldCode);
        json.WriteString("procedure", d.ProcedureCode);
        json.WriteNumber("procedureVersion", d.ProcedureVersion);
        json.WriteString("channel", FigureReader.EnumWord(d.Channel));
        json.WriteString("assistance", FigureReader.EnumWord(d.Assistance));
        json.WriteString("status", FigureReader.EnumWord(d.Status));
        json.WriteString("receivedAt", Instant(d.ReceivedAt));
        if (d.OnlySubmitted)
            json.WriteBoolean("notAccepted", true);
        if (d.TakenByPortal)
            json.WriteBoolean("takenByPortal", true);
        if (d.Files is { } files)
        {
            json.WriteStartArray("files");
            foreach (
                var (mark, holds) in new[]
                {
                    ("result", files.Result),
                    ("digitised", files.Digitised),
                    ("reused", files.Reused),
                    ("fromStore", files.FromStore),
                }
            )
                if (holds)
                    json.WriteStringValue(mark);
            json.WriteEndArray();
        }
        if (flags is { ResultMandatory: false })
            json.WriteBoolean("resultOptional", true);
        if (flags is { ElectronicResult: true })
            json.WriteBoolean("electronicResult", true);
        if (d.Fees is { HasFee: true })
            json.WriteBoolean("hasFee", true);
        if (d.Fees is { PaidOnline: true })
            json.WriteBoolean("paidOnline", true);
        At("dueAt", d.DueAt);
        At("promisedAt", promisedAt);
        At("settledAt", d.SettledAt);
        At("returnedAt", d.ReturnedAt);
        At("withdrawalAskedAt", d.Wish?.At);
        At("withdrawalDecidedAt", d.Wish?.DecidedAt);
        if (d.Outcome is { } outcome)
            json.WriteString("outcome", FigureReader.EnumWord(outcome));
        if (d.Clock is { } running)
        {
            json.WriteString("calendar", running.CalendarCode);
            json.WriteNumber("calendarVersion", running.CalendarVersion);
            json.WriteStartArray("segments");
            foreach (var s in running.Segments)
            {
                json.WriteStartObject();
                json.WriteString("state", FigureReader.EnumWord(s.State));
                json.WriteString("reason", s.Reason);
                json.WriteBoolean("supplement", d.Supplements.Contains(s));
                json.WriteString("from", Instant(s.From));
                At("to", s.To);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (d.Hands is { } hands && (d.SettledAt is null || d.SettledAt > d.DueAt || d.Supplements.Any()))
                Held(hands);
        }
        // Their hash tells same causes from same, and lets report 07a be counted again, also when the words are erased.
        if ((CauseHash.Of(d.LateCause) ?? d.LateCauseHash) is { } cause)
            json.WriteString("causeHash", cause);
        json.WriteEndObject();

        // Whose hands it was in: of what no definition can find late nobody asks.
        void Held(Hands hands)
        {
            json.WriteStartArray("steps");
            foreach (var s in hands.Steps.Where(s => s.StartedAt is not null))
            {
                json.WriteStartObject();
                json.WriteString("role", s.Role);
                json.WriteNumber("allotted", s.AllottedHours);
                At("from", s.StartedAt);
                At("to", s.CompletedAt);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("turns");
            foreach (var t in hands.Turns)
            {
                json.WriteStartObject();
                json.WriteString("agency", t.AgencyCode);
                At("from", t.From);
                At("to", t.To);
                if (t.AllottedHours is { } hours)
                    json.WriteNumber("allotted", hours);
                At("dueAt", t.DueAt);
                if (t.Result is { } result)
                    json.WriteString("result", FigureReader.EnumWord(result));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        void At(string name, DateTimeOffset? at)
        {
            if (at is { } instant)
                json.WriteString(name, Instant(instant));
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
