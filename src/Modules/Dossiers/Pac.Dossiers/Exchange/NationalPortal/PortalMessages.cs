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
    public required string TrichYeuHoSo { get; init; }
    public required string NgayNopHoSo { get; init; }
    public required string NgayTiepNhan { get; init; }
    public required string NgayHenTra { get; init; }
    public required string TrangThaiHoSo { get; init; }
    public required string NgayTra { get; init; }
    public required string NgayKetThucXuLy { get; init; }
    public required string NgayTuChoi { get; init; }
    public required string DonViXuLy { get; init; }
    public required string HoSoCoThanhPhanSoHoa { get; init; }
    public required string TaiKhoanDuocXacThucVoiVNeID { get; init; }
    public required string DuocThanhToanTrucTuyen { get; init; }
    public required string LoaiDinhDanh { get; init; }
    public required string SoDinhDanh { get; init; }
    public required IReadOnlyList<PortalFile> TaiLieuNop { get; init; }
    public required IReadOnlyList<PortalFee> DanhSachLePhi { get; init; }
    public required IReadOnlyList<PortalSupplement> DanhSachHoSoBoSung { get; init; }
    public required IReadOnlyList<PortalResult> DanhSachGiayToKetQua { get; init; }
}

/// <summary>A paper that was handed in.</summary>
internal sealed record PortalFile(
    string TepDinhKemId,
    string TenTepDinhKem,
    string MaThanhPhanHoSo,
    string DuongDanTaiTepTin,
    string IsDeleted,
    string DuocSoHoa,
    string DuocTaiSuDung,
    string DuocLayTuKhoDMQG,
    string MaKetQuaThayThe
);

/// <summary>A fee or a charge. HinhThucThu says when it is paid, LoaiPhiLePhi whether it is a fee (1) or a charge (2).</summary>
internal sealed record PortalFee(string TenPhiLePhi, string MaPhiLePhi, string HinhThucThu, string Gia, string LoaiPhiLePhi);

/// <summary>A request for papers.</summary>
internal sealed record PortalSupplement(
    string HoSoBoSungId,
    string NoiDungBoSung,
    string NgayBoSung,
    string NgayTiepNhanBoSung,
    string TrangThaiBoSung,
    IReadOnlyList<IReadOnlyDictionary<string, string>> DanhSachGiayToBoSung
);

/// <summary>A document that settles a dossier.</summary>
internal sealed record PortalResult(string TenGiayTo, string GiayToId, string DuongDanTepTinKetQua, string MaGiayToKetQua);

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
internal sealed record PortalStatus(
    string? MaHoSo,
    string? MaTTHC,
    string? TrangThaiHoSo,
    string? ThoiDiemXuLy,
    string? NgayNopHoSo = null,
    string? KenhThucHien = null,
    string? ChuHoSo = null,
    string? LoaiDoiTuong = null,
    string? SoDinhDanh = null,
    string? SoDienThoai = null,
    string? Email = null,
    IReadOnlyList<PortalStatusPaper>? TaiLieuNop = null,
    IReadOnlyList<PortalStatusFee>? DanhSachLePhi = null,
    JsonElement? DanhSachHoSoBoSung = null
);

/// <summary>A paper of theirs.</summary>
internal sealed record PortalStatusPaper(
    string? MaThanhPhanHoSo,
    string? TepDinhKemId = null,
    string? TenTepDinhKem = null,
    string? DuongDanTaiTepTin = null,
    string? IsDeleted = null,
    string? DuocLayTuKhoDMQG = null,
    string? MaKetQuaThayThe = null
);

/// <summary>A request for papers of theirs; the members of a paper are agreed upon with the partner.</summary>
internal sealed record PortalStatusSupplement(
    string? NoiDungBoSung,
    string? NgayBoSung = null,
    IReadOnlyList<JsonElement>? DanhSachGiayToBoSung = null
);

/// <summary>A fee or a charge of theirs.</summary>
internal sealed record PortalStatusFee(string? TenPhiLePhi, string? Gia);
