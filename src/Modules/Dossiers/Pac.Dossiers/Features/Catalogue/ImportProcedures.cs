using System.Globalization;
using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>Procedures with their versions from a file, all or none.</summary>
/// <param name="Text">The file.</param>
/// <param name="Form">How it is written.</param>
/// <param name="DryRun">Whether only to say what would happen.</param>
internal sealed record ImportProcedures(string Text, CatalogueForm Form, bool DryRun) : ICommand<CatalogueImportReport>;

/// <summary>How a file with procedures is written.</summary>
internal enum CatalogueForm
{
    /// <summary>A line per version.</summary>
    Csv,

    /// <summary>A JSON document per line.</summary>
    Lines,

    /// <summary>One JSON array of documents; what is wrong is named by the place in it, from 1.</summary>
    Array,
}

/// <summary>What an import did, or would do.</summary>
/// <param name="Done">Whether it was done; nothing is done in a dry run or when a line is wrong.</param>
/// <param name="Procedures">Procedures read.</param>
/// <param name="NewProcedures">Procedures that were not there.</param>
/// <param name="NewVersions">Versions that were not there, of known and new procedures.</param>
/// <param name="Ended">Procedures whose end is new.</param>
/// <param name="Unchanged">Procedures that are as the file says already.</param>
/// <param name="Faults">What is wrong; at most 200 are listed.</param>
internal sealed record CatalogueImportReport(
    bool Done,
    int Procedures,
    int NewProcedures,
    int NewVersions,
    int Ended,
    int Unchanged,
    IReadOnlyList<CatalogueFault> Faults
);

internal sealed class ImportProceduresValidator : AbstractValidator<ImportProcedures>
{
    public ImportProceduresValidator() => RuleFor(c => c.Text).NotEmpty().MaximumLength(20_000_000);
}

internal sealed class ImportProceduresHandler(IRepository<Procedure> procedures, ICatalogue catalogue, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ImportProcedures, CatalogueImportReport>
{
    private const int MostFaults = 200;
    private readonly ProcedureDetailsValidator _shape = new();
    private readonly List<CatalogueFault> _faults = [];
    private CatalogueFacts? _facts;
    private (int Procedures, int Versions, int Ended, int Unchanged) _new;

    public async Task<CatalogueImportReport> Handle(ImportProcedures request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var read = request.Form switch
        {
            CatalogueForm.Csv => CatalogueCsv.Read(request.Text, _faults),
            CatalogueForm.Lines => ReadDocuments(Lines(request.Text)),
            _ => ReadDocuments(Elements(request.Text)),
        };
        if (read.Count == 0 && _faults.Count == 0)
            throw InvalidRequestException.Body("", "empty", "Tệp không có thủ tục nào.", "The file holds no procedure.");
        _facts = await catalogue.Facts(ct);
        var codes = read.Select(r => r.Document.Code).ToHashSet();
        var known = (await procedures.List(new ProcedureWithOneOf(codes), ct)).ToDictionary(p => p.Code);
        var successors = read.Select(r => r.Document.SuccessorCode).OfType<string>().ToHashSet();
        var there = (await procedures.List(new ProcedureWithOneOf(successors), ct)).Select(p => p.Code).Concat(codes).ToHashSet();
        HashSet<string> seen = [];
        foreach (var item in read)
            if (seen.Add(item.Document.Code))
                Take(item, known, there);
            else
                _faults.Add(
                    CatalogueFault.Of(item.Lines[0], "code", "repeated", "Thủ tục xuất hiện hai lần.", "The procedure is given twice.")
                );
        var report = new CatalogueImportReport(
            !request.DryRun && _faults.Count == 0,
            read.Count,
            _new.Procedures,
            _new.Versions,
            _new.Ended,
            _new.Unchanged,
            [.. _faults.OrderBy(f => f.Line).Take(MostFaults)]
        );
        if (report.Done)
            await procedures.Save(ct);
        return report;
    }

    private void Take(ReadDocument item, Dictionary<string, Procedure> known, HashSet<string> there)
    {
        var (document, before) = (item.Document, _faults.Count);
        CheckOuter(item, there);
        for (var i = 0; i < document.Versions.Count; i++)
            CheckVersion(item, i);
        if (_faults.Count > before)
            return;
        var procedure = known.GetValueOrDefault(document.Code);
        var (fresh, added, ended) = (procedure is null, 0, 0);
        for (var i = 0; i < document.Versions.Count; i++)
        {
            var version = document.Versions[i];
            var present = procedure?.Versions.FirstOrDefault(v => v.Number == version.Number);
            if (present is not null)
            {
                if (!IsSame(present, version))
                    Fault(
                        item,
                        i,
                        "number",
                        "published-differs",
                        "Phiên bản đã công bố không thay đổi được; hãy thêm phiên bản mới.",
                        "A published version never changes; add a new one."
                    );
                continue;
            }
            if (version.Number != (procedure?.LastVersion ?? 0) + 1)
            {
                Fault(item, i, "number", "gap", "Số phiên bản phải liên tục.", "The numbers of the versions have a gap.");
                continue;
            }
            try
            {
                procedure = Add(procedure, document, version);
                added++;
            }
            catch (BusinessRuleException refused)
            {
                Fault(item, i, refused.Error);
            }
        }
        if (procedure is not null && Ends(procedure, document))
        {
            try
            {
                // What has ended already comes in as it is.
                var today = fresh ? document.EndsOn!.Value : clock.GetUtcNow().LocalDay();
                procedure.End(document.EndsOn!.Value, document.EndDecision!, document.SuccessorCode, today);
                ended = 1;
            }
            catch (BusinessRuleException refused)
            {
                Fault(item, 0, refused.Error);
            }
        }
        if (fresh && procedure is not null)
        {
            procedures.Add(procedure);
            _new.Procedures++;
        }
        _new.Versions += added;
        _new.Ended += ended;
        _new.Unchanged += added == 0 && ended == 0 ? 1 : 0;
    }

    private static bool Ends(Procedure procedure, CatalogueDocument document) =>
        document.EndsOn is not null
        && (procedure.EndsOn, procedure.EndDecision, procedure.SuccessorCode)
            != (document.EndsOn, document.EndDecision, document.SuccessorCode);

    private Procedure Add(Procedure? procedure, CatalogueDocument document, CatalogueVersion version)
    {
        var content = Content(version);
        if (procedure is null)
            return Procedure.Publish(
                document.Code,
                document.FieldCode,
                version.EffectiveFrom,
                version.Decision,
                content,
                clock.GetUtcNow(),
                version.DecidedOn,
                version.PublishedOn
            );
        procedure.Publish(version.EffectiveFrom, version.Decision, content, version.DecidedOn, version.PublishedOn);
        return procedure;
    }

    private void CheckOuter(ReadDocument item, HashSet<string> there)
    {
        var document = item.Document;
        if (document.Code.Length is 0 or > 40 || !document.Code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))
            Fault(item, 0, "code", "invalid", "Mã thủ tục không hợp lệ.", "The code of the procedure is not valid.");
        if (!_facts!.Fields.Contains(document.FieldCode))
            Fault(item, 0, ProcedureErrors.UnknownField.At("/fieldCode"));
        if (document.Versions.Count is 0 or > 100)
            Fault(item, 0, "versions", "invalid", "Thủ tục phải có từ 1 đến 100 phiên bản.", "A procedure has 1 to 100 versions.");
        if (document.EndsOn is null != document.EndDecision is null || document.EndDecision is { Length: 0 or > 300 })
            Fault(item, 0, "endDecision", "invalid", "Ngày kết thúc và quyết định phải đi cùng nhau.", "The end needs its decision.");
        if (document.SuccessorCode is { } successor && (successor == document.Code || !there.Contains(successor)))
            Fault(item, 0, CatalogueErrors.UnknownSuccessor.At("/successorCode"));
    }

    private void CheckVersion(ReadDocument item, int at)
    {
        var version = item.Document.Versions[at];
        if (version.Decision.Length is 0 or > 300)
            Fault(
                item,
                at,
                "decision",
                "invalid",
                "Phải nêu quyết định, tối đa 300 ký tự.",
                "A decision is needed, of at most 300 characters."
            );
        var shape = _shape.Validate(version.Details).Errors;
        foreach (var failure in shape)
            Fault(item, at, Pointer(failure.PropertyName), "invalid", failure.ErrorMessage, failure.ErrorMessage);
        if (shape.Count > 0)
            return;
        try
        {
            CatalogueRules.Check(Content(version), _facts!, version.EffectiveFrom);
            if (version.DecidedOn > version.EffectiveFrom)
                throw new BusinessRuleException(CatalogueErrors.EffectiveBeforeDecision.At("/effectiveFrom"));
        }
        catch (BusinessRuleException refused)
        {
            Fault(item, at, refused.Error);
        }
    }

    private static IEnumerable<(int Place, string Json)> Lines(string text) =>
        text.TrimStart('\uFEFF')
            .ReplaceLineEndings("\n")
            .Split('\n')
            .Select((json, i) => (i + 1, json))
            .Where(l => !string.IsNullOrWhiteSpace(l.json));

    private static List<(int Place, string Json)> Elements(string text)
    {
        try
        {
            using var file = JsonDocument.Parse(text.TrimStart('\uFEFF'));
            return file.RootElement.ValueKind == JsonValueKind.Array
                ? [.. file.RootElement.EnumerateArray().Select((e, i) => (i + 1, e.GetRawText()))]
                : throw InvalidRequestException.Body("", "no-array", "Tệp phải là một mảng JSON.", "The file has to be a JSON array.");
        }
        catch (JsonException)
        {
            throw InvalidRequestException.Body("", "invalid-json", "JSON không hợp lệ.", "The JSON is not valid.");
        }
    }

    private List<ReadDocument> ReadDocuments(IEnumerable<(int Place, string Json)> texts)
    {
        List<ReadDocument> documents = [];
        foreach (var (line, json) in texts)
        {
            try
            {
                var document = JsonSerializer.Deserialize<CatalogueDocument>(json, CatalogueJson.Options) ?? throw new JsonException();
                documents.Add(new(document, [line], IsRow: false));
            }
            catch (JsonException e)
            {
                var place = e
                    .Path?.TrimStart('$')
                    .Replace("[", ".", StringComparison.Ordinal)
                    .Replace("]", "", StringComparison.Ordinal)
                    .Replace('.', '/');
                _faults.Add(
                    CatalogueFault.Of(
                        line,
                        string.IsNullOrEmpty(place) ? null : place,
                        "invalid",
                        "JSON không hợp lệ.",
                        "The JSON is not valid."
                    )
                );
            }
        }
        return documents;
    }

    private ProcedureContent Content(CatalogueVersion version) => CatalogueRules.WithTemplate(version.Details.ToContent(), _facts!);

    private bool IsSame(ProcedureVersion present, CatalogueVersion version) =>
        (present.EffectiveFrom, present.Decision, present.DecidedOn) == (version.EffectiveFrom, version.Decision, version.DecidedOn)
        && (version.PublishedOn is null || version.PublishedOn == present.PublishedOn)
        && Written(ProcedureDetails.Of(present.Content)) == Written(ProcedureDetails.Of(Content(version)));

    private static string Written(ProcedureDetails details) => JsonSerializer.Serialize(details, CatalogueJson.Options);

    private void Fault(ReadDocument item, int at, Error error) =>
        Fault(
            item,
            at,
            (error.Pointer ?? "").TrimStart('/').Replace("details/", "", StringComparison.Ordinal),
            error.Code,
            error.TextFor(CultureInfo.GetCultureInfo("vi")),
            error.TextFor(CultureInfo.GetCultureInfo("en"))
        );

    // In CSV a version is a line and a member a column; in JSON the place is a pointer into the document of the line.
    private void Fault(ReadDocument item, int at, string member, string code, string vietnamese, string english)
    {
        var inVersion = member is not ("code" or "fieldCode" or "versions" or "endsOn" or "endDecision" or "successorCode");
        var inDetails = inVersion && member is not ("number" or "decision" or "decidedOn" or "publishedOn" or "effectiveFrom");
        var column =
            member.Length == 0 ? null
            : item.IsRow ? member.Split('/')[0]
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(inVersion ? $"/versions/{at}" : "")}{(inDetails ? "/details" : "")}/{member}"
            );
        _faults.Add(CatalogueFault.Of(item.IsRow ? item.Lines[at] : item.Lines[0], column, code, vietnamese, english));
    }

    private static string Pointer(string property) =>
        string.Join(
            '/',
            property.Replace("]", "", StringComparison.Ordinal).Split('.', '[').Select(p => char.ToLowerInvariant(p[0]) + p[1..])
        );
}

internal sealed class ImportProceduresEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/procedure-imports", Handle)
            .Requires(DossiersPermissions.ManageCatalogue)
            .Accepts<Stream>("text/csv", "application/x-ndjson", "application/json");

    /// <summary>Import procedures</summary>
    /// <remarks>Takes procedures with their versions as an export gives them, CSV, one JSON document per line or one JSON array, in UTF-8: all of them or, when a line is wrong, none. Published versions never change, so the same file twice changes nothing.</remarks>
    /// <param name="dryRun">Whether only to say what would happen; true when left out.</param>
    private static async Task<ValueAnswer<CatalogueImportReport>> Handle(
        bool? dryRun,
        HttpContext http,
        ISender sender,
        CancellationToken ct
    )
    {
        var form = http.Request.GetTypedHeaders().ContentType?.MediaType.Value?.ToLowerInvariant() switch
        {
            "text/csv" => CatalogueForm.Csv,
            "application/x-ndjson" => CatalogueForm.Lines,
            "application/json" => CatalogueForm.Array,
            _ => throw new BadHttpRequestException("import", StatusCodes.Status415UnsupportedMediaType),
        };
        using var reader = new StreamReader(http.Request.Body, new System.Text.UTF8Encoding(false, true));
        try
        {
            return new(await sender.Send(new ImportProcedures(await reader.ReadToEndAsync(ct), form, dryRun ?? true), ct));
        }
        catch (System.Text.DecoderFallbackException)
        {
            throw InvalidRequestException.Body("", "not-utf-8", "Tệp không phải UTF-8.", "The file is not UTF-8.");
        }
    }
}
