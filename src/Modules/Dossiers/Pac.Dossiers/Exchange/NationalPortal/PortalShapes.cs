using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pac.BuildingBlocks.Web;

namespace Pac.Dossiers.Exchange.NationalPortal;

/// <summary>The message shapes that the systems of the country share: members in Vietnamese, every value a text, instants in Vietnam.</summary>
internal static class PortalShapes
{
    private const string Format = "yyyyMMddHHmmss";
    private const int LongestCode = 60;
    private const int SupplementRequested = 5;
    private const long MostDong = 1_000_000_000_000;
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    /// <summary>Members are written as they are named; a text may come as a number.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new AnyText() },
    };

    public static string Written(DateTimeOffset? at) => at?.ToOffset(Vietnam).ToString(Format, CultureInfo.InvariantCulture) ?? "";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A dossier as it is told.</summary>
    /// <param name="d">The dossier.</param>
    /// <param name="applicantKind">How the other side writes the kind of applicant.</param>
    /// <param name="partner">How it names what is agreed upon.</param>
    public static PortalDossier Of(OutgoingDossier d, int applicantKind, PartnerSettings partner) =>
        new()
        {
            MaHoSo = d.Code,
            MaTTHC = d.ProcedureCode,
            TenTTHC = d.ProcedureName,
            MaLinhVuc = d.FieldCode,
            TenLinhVuc = d.FieldName,
            KenhThucHien = Number(d.Channel),
            ChuHoSo = d.ApplicantName,
            LoaiDoiTuong = Number(applicantKind),
            Email = d.Email ?? "",
            SoDienThoai = d.Phone ?? "",
            TrichYeuHoSo = d.ProcedureName,
            NgayNopHoSo = Written(d.SubmittedAt),
            NgayTiepNhan = Written(d.ReceivedAt),
            NgayHenTra = Written(d.DueAt),
            TrangThaiHoSo = Number(d.Status),
            NgayTra = Written(d.ReturnedAt),
            NgayKetThucXuLy = Written(d.SettledAt),
            NgayTuChoi = Written(d.RejectedAt),
            DonViXuLy = d.AgencyName,
            HoSoCoThanhPhanSoHoa = Flag(d.Documents.Any(f => f.Electronic || f.File is { Digitised: true })),
            TaiKhoanDuocXacThucVoiVNeID = Flag(d.EIdentity),
            DuocThanhToanTrucTuyen = Number(d.PaidOnline),
            LoaiDinhDanh = d.IdentityNumber is null ? "" : "1",
            SoDinhDanh = d.IdentityNumber ?? "",
            TaiLieuNop =
            [
                .. d.Documents.Select(f => new PortalFile(
                    f.File?.TheirId ?? f.File?.Id ?? "",
                    f.File?.Name ?? "",
                    f.Code,
                    f.File?.Link ?? "",
                    "False",
                    Flag(f.Electronic || f.File is { Digitised: true }),
                    Flag(f.File is { Reused: true }),
                    Flag(f.File is { FromStore: true }),
                    f.File?.ReplacedResult ?? ""
                )),
            ],
            DanhSachLePhi =
            [
                .. d.Fees.Select(f => new PortalFee(f.Name, f.Code, Number(f.Timing), Number(f.Dong), f.IsCharge ? "2" : "1")),
            ],
            DanhSachHoSoBoSung =
            [
                .. d.Supplements.Select(s => new PortalSupplement(
                    s.Id,
                    string.Join("; ", s.Papers.Select(p => $"{p.Code}: {p.Reason}")),
                    Written(s.AskedAt),
                    Written(s.AnsweredAt),
                    Flag(s.AnsweredAt is not null),
                    PortalPapers.Written(s.Papers, partner)
                )),
            ],
            DanhSachGiayToKetQua = [.. d.Results.Select(r => new PortalResult(r.Name, r.TheirId ?? r.Id, r.Link, r.Number))],
        };

    /// <summary>One act as it is told.</summary>
    public static PortalProgress Of(OutgoingProgress p) =>
        new(p.Code, "", Written(p.OccurredAt), p.AgencyName, p.Act, Number(p.Status), Written(p.ReceivedAt), Written(p.DueAt));

    /// <summary>Reads what the other side says of a dossier; null with a word for what is wrong.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="kindOf">Our code of a kind of applicant.</param>
    /// <param name="partner">How it names what is agreed upon.</param>
    public static (IncomingStatus? Status, string? Wrong) Read(string text, Func<int, int> kindOf, PartnerSettings partner)
    {
        PortalStatus? said;
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return (null, "not-json");
            try
            {
                said = json.RootElement.Deserialize<PortalStatus>(Options);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return (null, "member-invalid");
            }
        }
        catch (JsonException)
        {
            return (null, "not-json");
        }
        if (string.IsNullOrWhiteSpace(said?.MaHoSo) || said.MaHoSo.Length > LongestCode)
            return (null, "code-missing");
        if (!int.TryParse(said.TrangThaiHoSo, NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status is < 1 or > 10)
            return (null, "unknown-status");
        if (Instant(said.ThoiDiemXuLy) is not { } at)
            return (null, "time-invalid");
        var submittedAt = Instant(said.NgayNopHoSo);
        if (submittedAt is null && !string.IsNullOrEmpty(said.NgayNopHoSo))
            return (null, "time-invalid");
        // Requests of earlier days stand in later messages too; they are of no more concern.
        IReadOnlyList<WantedPaper>? wanted = [];
        if (status == SupplementRequested && (wanted = PortalPapers.Wanted(said.DanhSachHoSoBoSung, partner)) is null)
            return (null, "supplement-invalid");
        var papers = (said.TaiLieuNop ?? []).Where(PortalPapers.IsThere).ToList();
        var fees = (said.DanhSachLePhi ?? []).Select(f => (f.TenPhiLePhi, Dong: Dong(f.Gia))).ToList();
        if (fees.Any(f => f.Dong is null))
            return (null, "fee-invalid");
        return (
            new(said.MaHoSo, said.MaTTHC ?? "", status, at)
            {
                Submission = new(
                    Given(said.ChuHoSo),
                    kindOf(Whole(said.LoaiDoiTuong) ?? -1),
                    Given(said.SoDinhDanh),
                    Given(said.SoDienThoai),
                    Given(said.Email),
                    submittedAt,
                    Whole(said.KenhThucHien),
                    [.. papers.Select(f => f.MaThanhPhanHoSo ?? "").Where(c => c.Length > 0).Distinct()]
                ),
                Fees = [.. fees.Where(f => f.Dong > 0).Select(f => new IncomingFee(f.TenPhiLePhi ?? "", f.Dong!.Value))],
                Wanted = wanted,
                Files = PortalPapers.Files(papers),
            },
            null
        );
    }

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParseExact(text + "+07:00", Format + "zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : null;

    private static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? Dong(string? text) =>
        string.IsNullOrEmpty(text) ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var dong) && dong <= MostDong ? dong
        : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Flag(bool holds) => holds ? "1" : "0";

    private sealed class AnyText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => Clean(reader.GetString()),
                JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
                JsonTokenType.True => "True",
                JsonTokenType.False => "False",
                _ => throw new JsonException(),
            };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        // U+0000 above all: no field of ours may hold it, and no column can.
        private static string? Clean(string? text) => Json.HasControlCharacter(text) ? throw new JsonException() : text;
    }
}
