using System.Text.RegularExpressions;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>The columns of an import, in the order in which rows are staged.</summary>
internal static class ImportColumns
{
    public const string MalformedRow = "malformed-row";
    public const string ControlCharacter = "control-character";
    public const string TooLong = "too-long";

    public static readonly string[] All =
    [
        "sourceId",
        "code",
        "procedureCode",
        "centreCode",
        "agencyCode",
        "channel",
        "applicantKind",
        "applicantName",
        "applicantIdentity",
        "applicantPhone",
        "receivedAt",
        "dueAt",
        "outcome",
        "settledAt",
        "returnedAt",
        "returnMethod",
        "lateCause",
    ];

    public static readonly string[] Required =
    [
        "sourceId",
        "code",
        "procedureCode",
        "centreCode",
        "channel",
        "applicantName",
        "receivedAt",
    ];
}

/// <summary>What a row of an import is checked against.</summary>
/// <param name="Procedures">Procedures by code.</param>
/// <param name="AgencyLevels">Levels of the agencies.</param>
/// <param name="Centres">Codes of the centres.</param>
/// <param name="Scope">Which data the one who imports may work with.</param>
/// <param name="Now">The present instant; nothing may lie after it.</param>
internal sealed record ImportContext(
    IReadOnlyDictionary<string, Procedure> Procedures,
    IReadOnlyDictionary<string, AgencyLevel> AgencyLevels,
    IReadOnlySet<string> Centres,
    DataScope Scope,
    DateTimeOffset Now
);

/// <summary>A dossier as another system reports it.</summary>
internal sealed partial record ImportedDossier(
    string SourceId,
    string Code,
    string ProcedureCode,
    int ProcedureVersion,
    string FieldCode,
    string CentreCode,
    string AgencyCode,
    Channel Channel,
    ApplicantKind ApplicantKind,
    string ApplicantName,
    string? ApplicantIdentity,
    string? ApplicantPhone,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    Outcome? Outcome,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt,
    ReturnMethod? ReturnMethod,
    string? LateCause
)
{
    private static readonly DateTimeOffset Earliest = new DateOnly(2000, 1, 1).StartInstant();

    public DossierStatus Status =>
        ReturnedAt is not null ? DossierStatus.Returned
        : Outcome is null ? DossierStatus.InProcess
        : Outcome is Domain.Outcome.Result or Domain.Outcome.Refusal ? DossierStatus.Completed
        : DossierStatus.Stopped;

    /// <summary>Reads a staged row. Every member at fault is named; the dossier is null when there is one.</summary>
    public static ImportedDossier? Read(IReadOnlyList<string?> cells, ImportContext context, Action<string, string> fault)
    {
        if (cells.Count != ImportColumns.All.Length)
        {
            fault("row", cells is [{ } reason] ? reason : ImportColumns.MalformedRow);
            return null;
        }
        var row = new Row(cells, fault);
        var sourceId = row.Text("sourceId", 100, required: true);
        var code = row.Text("code", 60, required: true);
        if (code is not null && !CodeShape().IsMatch(code))
            row.Fault("code", "invalid");
        var procedureCode = row.Text("procedureCode", 40, required: true);
        var centreCode = row.Text("centreCode", 40, required: true);
        var named = row.Text("agencyCode", 40, required: false);
        var channel = row.Word<Channel>("channel", required: true);
        var kind = row.Word<ApplicantKind>("applicantKind", required: false);
        var name = row.Text("applicantName", 200, required: true);
        var identity = row.Text("applicantIdentity", 20, required: false);
        var phone = row.Text("applicantPhone", 20, required: false);
        var receivedAt = row.Instant("receivedAt", required: true);
        var dueAt = row.Instant("dueAt", required: false);
        var outcome = row.Word<Outcome>("outcome", required: false);
        // What was never received is no dossier of these figures.
        if (outcome == Domain.Outcome.Rejection)
            row.Fault("outcome", "invalid");
        var settledAt = row.Instant("settledAt", required: false);
        var returnedAt = row.Instant("returnedAt", required: false);
        var method = row.Word<ReturnMethod>("returnMethod", required: false);
        var cause = row.Text("lateCause", 500, required: false);

        Procedure? procedure = null;
        if (procedureCode is not null && !context.Procedures.TryGetValue(procedureCode, out procedure))
            row.Fault("procedureCode", "unknown-procedure");
        if (centreCode is not null && !context.Centres.Contains(centreCode))
            row.Fault("centreCode", "unknown-centre");
        if (identity is not null && !IdentityShape().IsMatch(identity))
            row.Fault("applicantIdentity", "invalid");
        if (phone is not null && !PhoneShape().IsMatch(phone))
            row.Fault("applicantPhone", "invalid");
        if ((outcome is null) != (settledAt is null))
            row.Fault(outcome is null ? "outcome" : "settledAt", "required");
        if ((method is null) != (returnedAt is null))
            row.Fault(method is null ? "returnMethod" : "returnedAt", "required");
        if (returnedAt is not null && settledAt is null)
            row.Fault("settledAt", "required");
        CheckOrder(row, context.Now, receivedAt, dueAt, settledAt, returnedAt);

        var version = procedure is null || receivedAt is null ? null : VersionOn(procedure, receivedAt.Value.LocalDay());
        var agency = version is null ? null : AgencyOf(row, named, version.Content, context);
        if (agency is not null && centreCode is not null && !VisibleIn.Covers(context.Scope, centreCode, agency))
            row.Fault("centreCode", "outside-scope");
        return row.Failed
            ? null
            : new(
                sourceId!,
                code!,
                procedureCode!,
                version!.Number,
                procedure!.FieldCode,
                centreCode!,
                agency!,
                channel!.Value,
                kind ?? Domain.ApplicantKind.Citizen,
                name!.Normalize(),
                identity,
                phone,
                receivedAt!.Value,
                dueAt,
                outcome,
                settledAt,
                returnedAt,
                method,
                cause
            );
    }

    private static void CheckOrder(
        Row row,
        DateTimeOffset now,
        DateTimeOffset? received,
        DateTimeOffset? due,
        DateTimeOffset? settled,
        DateTimeOffset? returned
    )
    {
        // Calendars and figures begin with the year 2000.
        if (received < Earliest)
            row.Fault("receivedAt", "out-of-range");
        if (received > now)
            row.Fault("receivedAt", "in-the-future");
        if (due < received)
            row.Fault("dueAt", "before-reception");
        if (settled > now)
            row.Fault("settledAt", "in-the-future");
        else if (settled < received)
            row.Fault("settledAt", "before-reception");
        if (returned > now)
            row.Fault("returnedAt", "in-the-future");
        else if (returned < settled)
            row.Fault("returnedAt", "before-settlement");
    }

    // A dossier older than the catalogue belongs to the first version that is known, one after the procedure ended to the last.
    private static ProcedureVersion VersionOn(Procedure procedure, DateOnly day) =>
        procedure.InForceOn(day)
        ?? (procedure.EndsOn < day ? procedure.Versions.MaxBy(v => v.EffectiveFrom) : procedure.Versions.MinBy(v => v.EffectiveFrom))!;

    private static string? AgencyOf(Row row, string? named, ProcedureContent content, ImportContext context)
    {
        var agency = named ?? content.AgencyCode;
        if (agency is null)
            row.Fault("agencyCode", "required");
        else if (!context.AgencyLevels.ContainsKey(agency))
            row.Fault("agencyCode", "unknown-agency");
        return agency;
    }

    // Both shapes of dossier codes, before and since 2025 (Circular 01/2018 and Circular 03/2025/TT-VPCP).
    [GeneratedRegex(@"^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3})*)-\d{6}-\d{4,}$")]
    private static partial Regex CodeShape();

    [GeneratedRegex("^([0-9]{9}|[0-9]{12}|[0-9]{10}(-[0-9]{3})?)$")]
    private static partial Regex IdentityShape();

    [GeneratedRegex(@"^\+?[0-9]{8,15}$")]
    private static partial Regex PhoneShape();

    private sealed class Row(IReadOnlyList<string?> cells, Action<string, string> fault)
    {
        public bool Failed { get; private set; }

        public void Fault(string member, string code)
        {
            Failed = true;
            fault(member, code);
        }

        public string? Text(string member, int most, bool required)
        {
            var text = cells[Array.IndexOf(ImportColumns.All, member)]?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                if (required)
                    Fault(member, "required");
                return null;
            }
            if (text.Length <= most)
                return text;
            Fault(member, ImportColumns.TooLong);
            return null;
        }

        public T? Word<T>(string member, bool required)
            where T : struct, Enum
        {
            if (Text(member, 40, required) is not { } text)
                return null;
            // One word: neither a number nor a list of words, both of which the parser would take.
            if (text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var value))
                return value;
            Fault(member, "invalid");
            return null;
        }

        public DateTimeOffset? Instant(string member, bool required)
        {
            if (Text(member, 40, required) is not { } text)
                return null;
            if (Instants.TryParse(text, out var instant))
                return instant;
            Fault(member, "invalid");
            return null;
        }
    }
}
