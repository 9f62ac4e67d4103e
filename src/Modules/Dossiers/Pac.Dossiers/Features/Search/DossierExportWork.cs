using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

/// <summary>What an export came to.</summary>
/// <param name="Rows">Dossiers in the file.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256.</param>
internal sealed record ExportOutcome(long Rows, long Size, string Sha256);

/// <summary>
/// Writes an export page by page behind a key, straight into the store. A run that died is begun anew under another name, so what it left is part
/// of no file; that the file is whole is known by the database alone, and only the run that holds the job may say so.
/// </summary>
internal sealed class DossierExportWork(DossiersDbContext db, IFileStore store, ExportSettings settings, TimeProvider clock) : IJobWork
{
    public const string JobKind = "export-dossiers";
    private const int Page = 5000;

    private static readonly string[] Headings =
    [
        "Mã hồ sơ",
        "Mã thủ tục",
        "Tên thủ tục",
        "Lĩnh vực",
        "Trung tâm tiếp nhận",
        "Mã cơ quan giải quyết",
        "Cơ quan giải quyết",
        "Kênh nộp",
        "Trạng thái",
        "Người nộp",
        "Số định danh",
        "Cán bộ thụ lý",
        "Ngày nhận",
        "Ngày hẹn trả",
        "Ngày giải quyết xong",
        "Ngày trả kết quả",
    ];

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var id = new DossierExportId(run.Job.Id);
        var export = await db.Exports.AsNoTracking().SingleAsync(e => e.Id == id, ct);
        // A run that died after it had finished is not repeated.
        if (export.File is { } done)
            return Outcome(done);
        await store.DeleteFolder(FileKeys.Of(id), ct);
        await using var target = new PieceWriter(store, n => FileKeys.Piece(id, run.Job.Fence, n));
        var table = await TableWriter.Open(export.Format, target, "Hồ sơ", Headings, ct);
        var rows = await Write(export, table, run, ct);
        await table.Complete(ct);
        var (size, hash) = await target.Complete(ct);
        var file = new ExportFile(rows, size, hash, run.Job.Fence, PieceWriter.PieceSize);

        await db.Begin(ct);
        await run.Report(rows, rows, null, ct);
        (await db.Exports.SingleAsync(e => e.Id == id, ct)).Finish(file, settings.Kept, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return Outcome(file);
    }

    private async Task<long> Write(DossierExport export, TableWriter table, JobRun run, CancellationToken ct)
    {
        var scope = DataScope.Parse(export.Scope, export.RequestedBy);
        var asked = DossierExports.Asked(export.Filter);
        var names = await db.NamesByDimension(ct);
        (DateTimeOffset, Guid)? last = null;
        for (var rows = 0L; ; )
        {
            var found = FindDossiersHandler.Filtered(db.InOrder(scope), asked, byDue: false, export.RequestedAt);
            var page = await FindDossiersHandler.After(found, last, byDue: false).Newest(Page).Select(NewestPage.Line).ToListAsync(ct);
            foreach (var dossier in page)
                await table.Write(Cells(dossier, names), ct);
            rows += page.Count;
            // What was received since it was asked for may come in, and is no reason to go on for ever.
            if (rows > settings.MostRows)
                throw new JobFailedException(ExportErrors.TooLarge.Code);
            await run.Report(rows, Math.Max(export.Counted, rows), null, ct);
            if (page.Count < Page)
                return rows;
            last = (page[^1].ReceivedAt, page[^1].Id);
        }
    }

    private static object?[] Cells(DossierLine d, Dictionary<(string Dimension, string Code), string> names) =>
        [
            d.Code,
            d.ProcedureCode,
            names.GetValueOrDefault(("procedure", d.ProcedureCode)),
            names.GetValueOrDefault(("field", d.FieldCode), d.FieldCode),
            d.CentreCode,
            d.AgencyCode,
            names.GetValueOrDefault(("agency", d.AgencyCode)),
            InWords(d.Channel),
            TrackingPageEndpoint.InWords(d.Status, english: false),
            d.ApplicantName,
            Mask.Number(d.ApplicantIdentityNumber),
            d.AssignedTo,
            Written(d.ReceivedAt),
            Written(d.DueAt),
            Written(d.SettledAt),
            Written(d.ReturnedAt),
        ];

    // Texts of one length, which sort as they follow each other.
    private static string? Written(DateTimeOffset? at) => at?.ToLocal().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string InWords(Channel channel) =>
        channel switch
        {
            Channel.Counter => "Trực tiếp",
            Channel.Post => "Bưu chính",
            _ => "Trực tuyến",
        };

    private static ExportOutcome Outcome(ExportFile file) => new(file.Rows, file.Size, file.Sha256);
}
