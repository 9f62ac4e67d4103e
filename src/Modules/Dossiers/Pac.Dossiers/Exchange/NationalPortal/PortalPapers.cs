using System.Text.Json;
using Pac.BuildingBlocks.Web;

namespace Pac.Dossiers.Exchange.NationalPortal;

/// <summary>
/// Papers and their files in the shapes that the systems share. What a paper of a request is named by is not published, so the members are those that
/// were agreed upon with the partner.
/// </summary>
internal static class PortalPapers
{
    private const int MostPapers = 100;
    private const int LongestCode = 40;
    private const int LongestReason = 500;

    /// <summary>What a person is asked for, as it is told.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Written(IReadOnlyList<WantedPaper> papers, PartnerSettings partner) =>
        [.. papers.Select(p => new Dictionary<string, string> { [partner.PaperMember] = p.Code, [partner.ReasonMember] = p.Reason })];

    /// <summary>The papers that were asked for last, each once; null when they cannot be read.</summary>
    public static IReadOnlyList<WantedPaper>? Wanted(JsonElement? written, PartnerSettings partner)
    {
        try
        {
            var requests = written?.Deserialize<IReadOnlyList<PortalStatusSupplement>>(PortalShapes.Options);
            var last = requests?.OfType<PortalStatusSupplement>().OrderBy(r => r.NgayBoSung ?? "", StringComparer.Ordinal).LastOrDefault();
            var papers = (last?.DanhSachGiayToBoSung ?? []).Select(p => Paper(p, last?.NoiDungBoSung ?? "", partner)).ToList();
            return papers.Count > MostPapers || papers.Contains(null) ? null : [.. papers.OfType<WantedPaper>().DistinctBy(p => p.Code)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair is no text either.
            return null;
        }
    }

    /// <summary>Whether a paper was handed in and not taken back.</summary>
    public static bool IsThere(PortalStatusPaper? paper) => paper is not null && !Holds(paper.IsDeleted);

    /// <summary>The files that can be fetched.</summary>
    public static IReadOnlyList<IncomingFile> Files(IEnumerable<PortalStatusPaper> papers) =>
        [.. papers.Select(FileOf).OfType<IncomingFile>()];

    /// <summary>One file, as it was written.</summary>
    public static IncomingFile? ReadFile(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<PortalStatusPaper>(text, PortalShapes.Options) is { } paper ? FileOf(paper) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IncomingFile? FileOf(PortalStatusPaper p) =>
        string.IsNullOrWhiteSpace(p.MaThanhPhanHoSo) || string.IsNullOrWhiteSpace(p.DuongDanTaiTepTin)
            ? null
            : new(
                p.MaThanhPhanHoSo,
                p.TepDinhKemId ?? "",
                p.TenTepDinhKem?.Trim() ?? "",
                p.DuongDanTaiTepTin.Trim(),
                Holds(p.DuocLayTuKhoDMQG),
                string.IsNullOrWhiteSpace(p.MaKetQuaThayThe) ? null : p.MaKetQuaThayThe,
                JsonSerializer.Serialize(p, PortalShapes.Options)
            );

    // A paper is an object with the members agreed upon, or its code alone.
    private static WantedPaper? Paper(JsonElement paper, string reason, PartnerSettings partner)
    {
        var code = paper.ValueKind == JsonValueKind.Object ? Text(paper, partner.PaperMember) : paper.ToString();
        if (paper.ValueKind == JsonValueKind.Object && Text(paper, partner.ReasonMember) is { Length: > 0 } own)
            reason = own;
        return
            paper.ValueKind is JsonValueKind.Object or JsonValueKind.String
            && code is { Length: > 0 and <= LongestCode }
            && reason.Length <= LongestReason
            && !Json.HasControlCharacter(code)
            && !Json.HasControlCharacter(reason)
            ? new(code, reason)
            : null;
    }

    private static string? Text(JsonElement paper, string member) =>
        paper.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()?.Trim() : null;

    private static bool Holds(string? flag) => flag is "1" || string.Equals(flag, "true", StringComparison.OrdinalIgnoreCase);
}
