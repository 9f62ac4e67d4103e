using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Imports;

/// <summary>What is put in place of what a row said.</summary>
/// <param name="Values">The members that are mended; all others stay as they came. A masked number that comes back stands for itself.</param>
internal sealed record MendedRow(IReadOnlyList<RowValue> Values);

internal sealed record ReplayRejectedRow(Guid Id, int Line, MendedRow Mended) : ICommand<ReplayedRow>;

/// <summary>A row that was mended and taken.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="AlreadyThere">Whether the dossier was there already.</param>
internal sealed record ReplayedRow(int Line, bool AlreadyThere);

internal sealed class ReplayRejectedRowValidator : AbstractValidator<ReplayRejectedRow>
{
    public ReplayRejectedRowValidator()
    {
        RuleFor(c => c.Mended.Values).NotNull().MostItems(ImportColumns.All.Length).OverridePropertyName("values");
        RuleForEach(c => c.Mended.Values).SetValidator(new RowValueValidator()).OverridePropertyName("values");
    }
}

internal sealed class RowValueValidator : AbstractValidator<RowValue>
{
    public RowValueValidator()
    {
        RuleFor(v => v.Member).NotEmpty().MaximumLength(40);
        RuleFor(v => v.Value).MaximumLength(1000);
    }
}

internal sealed class ReplayRejectedRowHandler(
    DossiersDbContext db,
    ImportSeals seals,
    IIdentityNumbers numbers,
    ImportReference reference,
    CurrentUser user
) : IRequestHandler<ReplayRejectedRow, ReplayedRow>
{
    public async Task<ReplayedRow> Handle(ReplayRejectedRow request, CancellationToken ct)
    {
        var job = await db.FinishedImport(request.Id, user.Caller.Subject, ct) ?? throw new NotFoundException("import");
        var (source, key) = ImportParameters.Of(job);
        await db.Begin(ct);
        if (key is null || await db.HoldRejected(job.Id, request.Line, ct) is not { } sealedCells)
            throw new NotFoundException("importRow");
        using var seal = seals.Of(key);
        var cells = Mended(seal.Open(request.Line, sealedCells), request.Mended.Values);
        var dossier = await Read(cells, ct);
        var skipped = await db.InsertBatch(source, [(request.Line, dossier)], numbers, ct);
        if (skipped.Exists(s => !s.Known))
            throw Wrong([("code", "code-taken")]);
        await db.ForgetRejected(job.Id, request.Line, ct);
        await db.SaveChangesAsync(ct);
        return new(request.Line, skipped.Count > 0);
    }

    private async Task<ImportedDossier> Read(string?[] cells, CancellationToken ct)
    {
        var context = await reference.Context(user.Scope, ct);
        context = context with { Centres = (await reference.Centres([cells], [], ct)).ToHashSet() };
        List<(string Member, string Code)> faults = [];
        return ImportedDossier.Read(cells, context, (member, code) => faults.Add((member, code))) ?? throw Wrong(faults);
    }

    private static string?[] Mended(string?[] cells, IReadOnlyList<RowValue> values)
    {
        string?[] mended = [.. cells];
        foreach (var (member, value) in values)
        {
            var place = Array.IndexOf(ImportColumns.All, member);
            if (place < 0)
                throw InvalidRequestException.Body(
                    "/values",
                    "unknown-column",
                    "Có thành phần không có trong tài liệu.",
                    "A member is not in the document."
                );
            if (value is null || value != RowValue.Shown(member, cells[place]))
                mended[place] = value;
        }
        return mended;
    }

    private static InvalidRequestException Wrong(IEnumerable<(string Member, string Code)> faults) =>
        new([
            .. faults.Select(f => new InputFault(
                "/values/" + f.Member,
                f.Code,
                ImportReasons.Vietnamese(f.Code),
                ImportReasons.English(f.Code)
            )),
        ]);
}

internal sealed class ReplayRejectedRowEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossier-imports/{id}/rejected-rows/{line}/replay", Handle).Requires(DossiersPermissions.Import);

    /// <summary>Mend and replay a row of an import</summary>
    /// <remarks>Puts other values in place of those at fault and takes the row in at once, by the checks of every import. A row that is still wrong stays as it was and is answered with its reasons. What the job of the import says of its rows stays as it was when it ended.</remarks>
    /// <param name="id">Identifier of the import's job.</param>
    /// <param name="line" example="2">Line in the file, from 1.</param>
    private static async Task<ValueAnswer<ReplayedRow>> Handle(Guid id, int line, MendedRow mended, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ReplayRejectedRow(id, line, mended), ct));
}
