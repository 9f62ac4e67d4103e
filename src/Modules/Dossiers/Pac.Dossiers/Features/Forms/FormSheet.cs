using System.Globalization;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using SkiaSharp;

namespace Pac.Dossiers.Features.Forms;

/// <summary>What stands at the top of every form, and whose dossier it is about.</summary>
/// <param name="Number">Number of the form.</param>
/// <param name="DossierCode">Dossier code.</param>
/// <param name="CentreName">The centre.</param>
/// <param name="CentreAddress">Where it is.</param>
/// <param name="ApplicantName">Who applies.</param>
/// <param name="ApplicantAddress">Postal address.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureName">Its name.</param>
/// <param name="AgencyName">The competent agency.</param>
/// <param name="TrackingUrl">Where anybody who holds the code sees how it stands; the content of the QR code.</param>
internal sealed record FormHead(
    string Number,
    string DossierCode,
    string CentreName,
    string CentreAddress,
    string ApplicantName,
    string? ApplicantAddress,
    string ProcedureCode,
    string ProcedureName,
    string AgencyName,
    string TrackingUrl
);

/// <summary>A part of a form, from top to bottom.</summary>
internal abstract record FormPart;

internal sealed record FormField(string Name, string? Value) : FormPart;

internal sealed record FormLine(string Text, bool Bold = false, int Indent = 0) : FormPart;

internal sealed record FormGap(int Height) : FormPart;

internal sealed record FormTable(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<int> Percents)
    : FormPart;

/// <summary>The one layout of all forms on A4.</summary>
/// <param name="Title">The title, in capitals.</param>
/// <param name="CentreName">Who issues it.</param>
/// <param name="CentreAddress">Where that is.</param>
/// <param name="Number">Number of the form; null for none.</param>
/// <param name="DossierCode">Dossier code; null for a form about many.</param>
/// <param name="TrackingUrl">Content of the QR code.</param>
/// <param name="Parts">What it says.</param>
/// <param name="Left">Who signs at the left.</param>
/// <param name="Right">Who signs at the right.</param>
internal sealed record FormSheet(
    string Title,
    string CentreName,
    string CentreAddress,
    string? Number,
    string? DossierCode,
    string? TrackingUrl,
    IReadOnlyList<FormPart> Parts,
    string Left,
    string Right
)
{
    /// <summary>Whether the page lies on its side, for tables of many columns.</summary>
    public bool IsWide { get; init; }

    public static FormSheet About(FormHead head, string title, IReadOnlyList<FormPart> parts, string left, string right) =>
        new(
            title,
            head.CentreName,
            head.CentreAddress,
            head.Number,
            head.DossierCode,
            head.TrackingUrl,
            [
                new FormField("Tổ chức, cá nhân nộp hồ sơ", head.ApplicantName),
                new FormField("Địa chỉ", head.ApplicantAddress),
                new FormField("Thủ tục", $"{head.ProcedureName} ({head.ProcedureCode})"),
                new FormField("Cơ quan giải quyết", head.AgencyName),
                new FormGap(6),
                .. parts,
            ],
            left,
            right
        );

    public static string Written(DateTimeOffset at) =>
        at.ToLocal().ToString("HH 'giờ' mm 'phút, ngày' dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string InWords(Timeliness? result) =>
        result switch
        {
            Timeliness.Early => "Trước hạn",
            Timeliness.OnTime => "Đúng hạn",
            Timeliness.Late => "Quá hạn",
            _ => "",
        };

    public byte[] Draw()
    {
        using var stream = new MemoryStream();
        var about = new SKDocumentPdfMetadata { Title = $"{Title} {DossierCode}".Trim(), Creator = "PAC" };
        using (var document = SKDocument.CreatePdf(stream, about))
        {
            using var page = new FormPage(document, IsWide);
            page.Both(CentreName.ToUpperInvariant(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 9, true);
            page.Both(CentreAddress, "Độc lập - Tự do - Hạnh phúc", 9, false);
            if (Number is not null)
                page.Both("Số: " + Number, "", 9, false);
            page.Gap(10);
            if (TrackingUrl is not null)
                page.Code(TrackingUrl, 84);
            page.Title(Title);
            if (DossierCode is not null)
                page.Centred("Mã hồ sơ: " + DossierCode, 12, true);
            page.Gap(14);
            foreach (var part in Parts)
                Draw(page, part);
            page.Gap(24);
            page.Signatures(Left, Right, "(Ký và ghi rõ họ tên)");
            if (TrackingUrl is not null)
                page.Foot("Quét mã QR hoặc mở đường dẫn để theo dõi hồ sơ: " + TrackingUrl);
        }
        return stream.ToArray();
    }

    private static void Draw(FormPage page, FormPart part)
    {
        switch (part)
        {
            case FormField f:
                page.Field(f.Name, f.Value);
                break;
            case FormLine l:
                page.Line(l.Text, l.Bold, l.Indent);
                break;
            case FormGap g:
                page.Gap(g.Height);
                break;
            case FormTable t:
                page.Table(t.Heads, t.Rows, t.Percents);
                break;
        }
    }
}
