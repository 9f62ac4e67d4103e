using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pac.Dossiers.Exchange.NationalPortal;

/// <summary>A call of a service of the National Public Service Portal.</summary>
internal sealed record PortalCall<T>(
    [property: JsonPropertyName("session")] string Session,
    [property: JsonPropertyName("service")] string Service,
    [property: JsonPropertyName("data")] T Data
);

/// <summary>What it answers. Numbers may come as text.</summary>
internal sealed record PortalAnswer(
    [property: JsonPropertyName("error_code")] [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int ErrorCode,
    [property: JsonPropertyName("result")] IReadOnlyList<JsonElement>? Result
);

/// <summary>A dossier (DongBoHoSoMC). Instants are <c>yyyyMMddHHmmss</c> in Vietnam; what is not known is an empty text.</summary>
internal sealed record PortalDossier
{
    public required string MaHoSo { get; init; }
    public required string MaTTHC { get; init; }
    public required string TenTTHC { get; init; }
    public required string MaLinhVuc { get; init; }
    public required string TenLinhVuc { get; init; }
    public required string KenhThucHien { get; init; }
    public required string ChuHoSo { get; init; }
    public required string LoaiDoiTuong { get; init; }
    public required string Email { get; init; }
    public required string SoDienThoai { get; init; }
    public required string NgayNopHoSo { get; init; }
    public required string NgayTiepNhan { get; init; }
    public required string NgayHenTra { get; init; }
    public required string TrangThaiHoSo { get; init; }
    public required string NgayTra { get; init; }
    public required string NgayKetThucXuLy { get; init; }
    public required string DonViXuLy { get; init; }
    public required string LoaiDinhDanh { get; init; }
    public required string SoDinhDanh { get; init; }
    public required IReadOnlyList<PortalFile> TaiLieuNop { get; init; }
}

internal sealed record PortalFile(string MaThanhPhanHoSo, string DuocSoHoa);

/// <summary>One act (CapNhatTienDoHoSoMC).</summary>
internal sealed record PortalProgress(
    string MaHoSo,
    string NguoiXuLy,
    string ThoiDiemXuLy,
    string PhongBanXuLy,
    string NoiDungXuLy,
    string TrangThai,
    string NgayBatDau,
    string NgayKetThucTheoQuyDinh
);

/// <summary>A look-up (TraCuuHoSo), page by page.</summary>
internal sealed record PortalLookUp(string TuNgay, string DenNgay, string Theo, int Trang);

/// <summary>As much of a dossier of theirs as we read. ThoiDiemXuLy says when the status came about.</summary>
internal sealed record PortalStatus(string? MaHoSo, string? MaTTHC, string? TrangThaiHoSo, string? ThoiDiemXuLy);
