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
/// memory at a time.
/// </summary>
internal sealed class ProofWriter(DossiersDbContext db, CentreCalendars centres, PublicationTimes publications, TimeProvider clock)
{
    public const string Schema = "pac.dossier-facts.v1";
    private const int FlushAt = 64 * 1024;
    private static readonly string Start = new('0', 64);

    /// <summary>The calendars of the centres that have figures; asked before the first line, so that a refusal can still be told.</summary>
    public async Task<IReadOnlyDictionary<string, WorkingCalendar>> Calendars(CancellationToken ct) =>
        await centres.Of(await db.CentresWithFigures(ct), ct);

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
        Header(
            json,
            (from, to),
            scope,
            [.. calendars.Values.UnionBy(province is null ? [] : [province], c => c.Definition.Code)],
            await InForce(to, ct)
        );
        Publications(json, province, await publications.Of(from, to, ct));
        json.WriteEndObject();
        Append();
        var (begin, end) = (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());
        await foreach (var d in db.FactsOf(scope, begin, end).WithCancellation(ct))
        {
            Fact(json, d, d.PromisedAt(calendars));
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
    private async Task<IEnumerable<(string Code, ProcedureContent Content)>> InForce(DateOnly day, CancellationToken ct) =>
        (await db.Procedures.AsNoTracking().ToListAsync(ct))
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
        IEnumerable<WorkingCalendar> calendars,
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
            "end - supplement <= promisedAt, second supplement overdue, end of the open: request awaited or cut-off; of what was open or settled in the period"
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
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("calendars");
        foreach (var c in calendars.Select(c => c.Definition).OrderBy(c => c.Code, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("code", c.Code);
            json.WriteNumber("version", c.Version);
            json.WriteStartObject("week");
            foreach (var (day, shifts) in c.Week.OrderBy(w => ((int)w.Key + 6) % 7))
            {
                json.WriteStartArray(FigureReader.EnumWord(day));
                foreach (var s in shifts)
                    json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{s.Opens:HH\\:mm}-{s.Closes:HH\\:mm}"));
                json.WriteEndArray();
            }
            json.WriteEndObject();
            json.WriteStartArray("specialDays");
            foreach (var d in c.Days.OrderBy(d => d.Date))
            {
                json.WriteStartObject();
                json.WriteString("date", Day(d.Date));
                json.WriteBoolean("open", d.IsOpen);
                json.WriteString("reason", d.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
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

    private static void Fact(Utf8JsonWriter json, DossierFacts d, DateTimeOffset? promisedAt)
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
        At("dueAt", d.DueAt);
        At("promisedAt", promisedAt);
        At("settledAt", d.SettledAt);
        At("returnedAt", d.ReturnedAt);
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
        }
        // Their hash tells same causes from same, and lets report 07a be counted again, also when the words are erased.
        if ((CauseHash.Of(d.LateCause) ?? d.LateCauseHash) is { } cause)
            json.WriteString("causeHash", cause);
        json.WriteEndObject();

        void At(string name, DateTimeOffset? at)
        {
            if (at is { } instant)
                json.WriteString(name, Instant(instant));
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
