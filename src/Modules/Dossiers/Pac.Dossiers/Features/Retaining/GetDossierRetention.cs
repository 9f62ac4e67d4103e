using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

internal sealed record GetDossierRetention(Guid Id) : IQuery<DossierRetentionView>;

/// <summary>Until when the personal data of a dossier are kept.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="ClosedOn">The day on which it was closed; left out while it is not.</param>
/// <param name="EraseOn">First day on which its personal data are erased; left out while it is open, and for what is kept for ever.</param>
/// <param name="Rule">The rule by which it is kept.</param>
/// <param name="Hold">Why it is kept whatever the rule says.</param>
/// <param name="ErasedAt">When its personal data were erased.</param>
/// <param name="Note" example="Dữ liệu cá nhân đã được xóa ngày 2036-12-01 theo: Luật Lưu trữ 33/2024/QH15">What became of the personal data, in the language of the request.</param>
internal sealed record DossierRetentionView(
    Guid DossierId,
    DateOnly? ClosedOn,
    DateOnly? EraseOn,
    RetentionRuleView? Rule,
    LegalHoldView? Hold,
    DateTimeOffset? ErasedAt,
    string? Note
);

/// <summary>Why a dossier is kept whatever its rule says.</summary>
/// <param name="Reason" example="Tòa án yêu cầu giữ hồ sơ">Why.</param>
/// <param name="SetBy">Subject who said so.</param>
/// <param name="SetAt">Since when.</param>
internal sealed record LegalHoldView(string Reason, string SetBy, DateTimeOffset SetAt);

internal sealed class GetDossierRetentionHandler(DossiersDbContext db) : IRequestHandler<GetDossierRetention, DossierRetentionView>
{
    public async Task<DossierRetentionView> Handle(GetDossierRetention request, CancellationToken ct)
    {
        var id = new DossierId(request.Id);
        var dossier = await db.FindVisible(id) ?? throw new NotFoundException("dossier");
        var entry = await db.Retention.AsNoTracking().FirstOrDefaultAsync(r => r.DossierId == id, ct);
        var rule = entry is null ? null : await db.RetentionRules.AsNoTracking().FirstAsync(r => r.Id == entry.RuleId, ct);
        var hold = await db.LegalHolds.AsNoTracking().FirstOrDefaultAsync(h => h.DossierId == id && h.EndedAt == null, ct);
        return new(
            request.Id,
            entry?.ClosedOn,
            entry?.EraseOn,
            rule is null ? null : RetentionRuleView.Of(rule),
            hold is null ? null : new(hold.Reason, hold.SetBy, hold.SetAt),
            dossier.ErasedAt,
            dossier.ErasedAt is { } at ? Note(at, rule?.Source ?? "") : null
        );
    }

    private static string Note(DateTimeOffset at, string source)
    {
        var day = at.LocalDay().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Language.Pick(
            $"Dữ liệu cá nhân đã được xóa ngày {day} theo: {source}",
            $"The personal data were erased on {day} by: {source}"
        );
    }
}

internal sealed class GetDossierRetentionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/kept-until", Handle).Requires(DossiersPermissions.Read);

    /// <summary>See until when a dossier is kept</summary>
    /// <remarks>Gives when a dossier was closed, by which rule its personal data are kept, until when, and whether they were erased.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierRetentionView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetDossierRetention(id), ct));
}
