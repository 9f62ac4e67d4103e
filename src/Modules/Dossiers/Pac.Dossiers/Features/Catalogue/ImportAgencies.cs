using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
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

/// <summary>Agencies from a file, all or none.</summary>
/// <param name="Text">The file.</param>
/// <param name="DryRun">Whether only to say what would happen.</param>
internal sealed record ImportAgencies(string Text, bool DryRun) : ICommand<AgencyImportReport>;

/// <summary>What an import of agencies did, or would do.</summary>
/// <param name="Done">Whether it was done; nothing is done in a dry run or when a line is wrong.</param>
/// <param name="Agencies">Lines read.</param>
/// <param name="Added">Agencies that were not there.</param>
/// <param name="Changed">Agencies of which the file says something else than was known.</param>
/// <param name="Unchanged">Agencies that are as the file says already.</param>
/// <param name="Faults">What is wrong; at most 200 are listed.</param>
internal sealed record AgencyImportReport(
    bool Done,
    int Agencies,
    int Added,
    int Changed,
    int Unchanged,
    IReadOnlyList<CatalogueFault> Faults
);

internal sealed class ImportAgenciesValidator : AbstractValidator<ImportAgencies>
{
    public ImportAgenciesValidator() => RuleFor(c => c.Text).NotEmpty().MaximumLength(5_000_000);
}

internal sealed partial class ImportAgenciesHandler(IRepository<Agency> agencies, ICatalogue catalogue, CurrentUser user)
    : IRequestHandler<ImportAgencies, AgencyImportReport>
{
    private const int MostFaults = 200;
    private readonly AgencyDescriptionValidator _shape = new();
    private readonly List<CatalogueFault> _faults = [];
    private int _added;
    private int _changed;
    private int _unchanged;

    public async Task<AgencyImportReport> Handle(ImportAgencies request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var rows = AgencyCsv.Read(request.Text, _faults);
        if (rows.Count == 0 && _faults.Count == 0)
            throw InvalidRequestException.Body("", "empty", "Tệp không có cơ quan nào.", "The file holds no agency.");
        var known = (await agencies.List(new AgencyWithOneOf([.. rows.Select(r => r.Code)]), ct)).ToDictionary(a => a.Code);
        var said = Describe(rows, known);
        // A line may name agencies of other lines, before or after it.
        var parents = new Dictionary<string, string?>((await catalogue.Agencies(ct)).Parents);
        foreach (var (row, text) in said)
            parents[row.Code] = text.ParentCode;
        foreach (var (row, text) in said)
            Take(row, text, new(parents), known.GetValueOrDefault(row.Code));
        var done = !request.DryRun && _faults.Count == 0;
        if (done)
            await agencies.Save(ct);
        return new(done, rows.Count, _added, _changed, _unchanged, [.. _faults.OrderBy(f => f.Line).Take(MostFaults)]);
    }

    private List<(AgencyRow Row, AgencyText Text)> Describe(List<AgencyRow> rows, Dictionary<string, Agency> known)
    {
        List<(AgencyRow, AgencyText)> said = [];
        HashSet<string> seen = [];
        foreach (var row in rows)
        {
            if (row.Code.Length > AgencyCode.Longest || !CodeShape().IsMatch(row.Code) || row.Code.EndsWith('\n'))
                Invalid(row, "code");
            else if (!seen.Add(row.Code))
                Fault(row, "code", "repeated", "Cơ quan xuất hiện hai lần.", "The agency is given twice.");
            else if (AgencyCsv.Describe(row, known.GetValueOrDefault(row.Code)?.Text, c => Invalid(row, c)) is { } description)
            {
                var shape = _shape.Validate(description).Errors;
                foreach (var failure in shape)
                    Fault(row, Column(failure.PropertyName), "invalid", failure.ErrorMessage, failure.ErrorMessage);
                if (shape.Count == 0)
                    said.Add((row, description.ToText()));
            }
        }
        return said;
    }

    private void Take(AgencyRow row, AgencyText text, AgencyOrder order, Agency? present)
    {
        try
        {
            order.Check(row.Code, text);
            if (present is null)
            {
                agencies.Add(Agency.Add(row.Code, text));
                _added++;
            }
            else if (present.Text != text)
            {
                present.Change(text);
                _changed++;
            }
            else
            {
                _unchanged++;
            }
        }
        catch (BusinessRuleException refused)
        {
            var error = refused.Error;
            Fault(
                row,
                error.Pointer!.TrimStart('/'),
                error.Code,
                error.TextFor(CultureInfo.GetCultureInfo("vi")),
                error.TextFor(CultureInfo.GetCultureInfo("en"))
            );
        }
    }

    private void Invalid(AgencyRow row, string column) =>
        Fault(row, column, "invalid", "Giá trị thiếu hoặc không hợp lệ.", "A value is missing or not valid.");

    private void Fault(AgencyRow row, string column, string code, string vietnamese, string english) =>
        _faults.Add(CatalogueFault.Of(row.Line, column, code, vietnamese, english));

    private static string Column(string property) => char.ToLowerInvariant(property[0]) + property[1..];

    [GeneratedRegex(AgencyCode.Shape)]
    private static partial Regex CodeShape();
}

internal sealed class ImportAgenciesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agency-imports", Handle).Requires(DossiersPermissions.ManageCatalogue).Accepts<Stream>("text/csv");

    /// <summary>Import agencies</summary>
    /// <remarks>Takes agencies from CSV in UTF-8 with the members of an agency as columns, all of them or, when a line is wrong, none: new ones are added, known ones changed in the columns the file has. The same file twice changes nothing.</remarks>
    /// <param name="dryRun">Whether only to say what would happen; true when left out.</param>
    private static async Task<ValueAnswer<AgencyImportReport>> Handle(bool? dryRun, HttpContext http, ISender sender, CancellationToken ct)
    {
        if (http.Request.GetTypedHeaders().ContentType?.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            throw new BadHttpRequestException("import", StatusCodes.Status415UnsupportedMediaType);
        using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, true));
        try
        {
            return new(await sender.Send(new ImportAgencies(await reader.ReadToEndAsync(ct), dryRun ?? true), ct));
        }
        catch (DecoderFallbackException)
        {
            throw InvalidRequestException.Body("", "not-utf-8", "Tệp không phải UTF-8.", "The file is not UTF-8.");
        }
    }
}
