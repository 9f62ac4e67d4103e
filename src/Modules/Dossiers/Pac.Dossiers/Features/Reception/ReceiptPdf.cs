using System.Globalization;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using QRCoder;
using SkiaSharp;

namespace Pac.Dossiers.Features.Reception;

/// <summary>Draws form 01 on A4. The typeface is carried along, so that every diacritic prints on any machine.</summary>
internal static class ReceiptPdf
{
    private const float PageWidth = 595;
    private const float PageHeight = 842;
    private const float Margin = 56;
    private const float Width = PageWidth - 2 * Margin;
    private static readonly SKTypeface Regular = Load("BeVietnamPro-Regular.ttf");
    private static readonly SKTypeface Bold = Load("BeVietnamPro-Bold.ttf");

    public static byte[] Draw(ReceiptForm form)
    {
        using var stream = new MemoryStream();
        var about = new SKDocumentPdfMetadata { Title = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả " + form.DossierCode, Creator = "PAC" };
        using (var document = SKDocument.CreatePdf(stream, about))
        {
            using var page = new Page(document);
            page.Both(form.CentreName.ToUpperInvariant(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 9, true);
            page.Both(form.CentreAddress, "Độc lập - Tự do - Hạnh phúc", 9, false);
            page.Both("Số: " + form.Number, "", 9, false);
            page.Gap(10);
            page.Code(form.TrackingUrl, 84);
            page.Title("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ");
            page.Centred("Mã hồ sơ: " + form.DossierCode, 12, true);
            page.Gap(14);
            page.Field("Tiếp nhận hồ sơ của", form.ApplicantName);
            page.Field("Địa chỉ", form.ApplicantAddress);
            page.Field("Số điện thoại", form.ApplicantPhone);
            page.Field("Email", form.ApplicantEmail);
            page.Field("Nội dung yêu cầu giải quyết", $"{form.ProcedureName} ({form.ProcedureCode})");
            page.Gap(6);
            page.Line("Thành phần hồ sơ nộp gồm:", true);
            for (var i = 0; i < form.Documents.Count; i++)
            {
                var c = form.Documents[i];
                page.Line(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {c.Name} - {Copy(c.Kind)}, {c.Quantity} bộ"), false, 12);
            }
            if (form.Documents.Count == 0)
                page.Line("Không nộp giấy tờ; dữ liệu được khai thác từ cơ sở dữ liệu dùng chung.", false, 12);
            page.Gap(6);
            page.Field("Thời gian giải quyết theo quy định", form.StatutoryTime);
            page.Field("Thời gian nhận hồ sơ", Written(form.ReceivedAt));
            page.Field("Thời gian trả kết quả giải quyết", form.DueAt is { } due ? Written(due) : "Không hẹn ngày");
            page.Field("Nhận kết quả tại", form.CentreName);
            page.Gap(24);
            page.Signatures("NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký và ghi rõ họ tên)");
            page.Foot("Quét mã QR hoặc mở đường dẫn để theo dõi hồ sơ: " + form.TrackingUrl);
        }
        return stream.ToArray();
    }

    private static string Written(DateTimeOffset at) =>
        at.ToLocal().ToString("HH 'giờ' mm 'phút, ngày' dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Copy(CopyKind kind) =>
        kind switch
        {
            CopyKind.Original => "bản chính",
            CopyKind.Electronic => "bản điện tử",
            _ => "bản sao",
        };

    private static SKTypeface Load(string name)
    {
        using var file = typeof(ReceiptPdf).Assembly.GetManifestResourceStream(name)!;
        return SKTypeface.FromStream(file)!;
    }

    /// <summary>A page that is filled from top to bottom; a new one begins when it is full.</summary>
    private sealed class Page(SKDocument document) : IDisposable
    {
        private readonly SKPaint _ink = new() { Color = SKColors.Black, IsAntialias = true };
        private SKCanvas _canvas = document.BeginPage(PageWidth, PageHeight);
        private float _y = Margin;

        public void Gap(float height) => _y += height;

        public void Both(string left, string right, float size, bool bold)
        {
            const float half = Width / 2 - 8;
            var (leftLines, rightLines) = (Wrap(left, size, bold, half), Wrap(right, size, bold, half));
            for (var i = 0; i < Math.Max(leftLines.Count, rightLines.Count); i++)
            {
                NextLine(size);
                if (i < leftLines.Count)
                    Text(leftLines[i], Margin + half / 2, size, bold, SKTextAlign.Center);
                if (i < rightLines.Count)
                    Text(rightLines[i], PageWidth - Margin - half / 2, size, bold, SKTextAlign.Center);
            }
        }

        public void Title(string text)
        {
            NextLine(15);
            Text(text, PageWidth / 2, 15, true, SKTextAlign.Center);
        }

        public void Centred(string text, float size, bool bold)
        {
            NextLine(size);
            Text(text, PageWidth / 2, size, bold, SKTextAlign.Center);
        }

        public void Field(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                Line($"{name}: {value}", false);
        }

        public void Line(string text, bool bold, float indent = 0)
        {
            foreach (var line in Wrap(text, 11, bold, Width - indent))
            {
                NextLine(11);
                Text(line, Margin + indent, 11, bold, SKTextAlign.Left);
            }
        }

        public void Signatures(string left, string right, string below)
        {
            Both(left, right, 10, true);
            Both(below, below, 9, false);
        }

        public void Foot(string text)
        {
            foreach (var (line, i) in Wrap(text, 8, false, Width).Select((l, i) => (l, i)))
            {
                _y = PageHeight - Margin + i * 11;
                Text(line, Margin, 8, false, SKTextAlign.Left);
            }
        }

        public void Code(string content, float side)
        {
            using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
            var modules = code.ModuleMatrix;
            var unit = side / modules.Count;
            for (var row = 0; row < modules.Count; row++)
            for (var column = 0; column < modules.Count; column++)
                if (modules[row][column])
                    _canvas.DrawRect((PageWidth - side) / 2 + column * unit, _y + row * unit, unit, unit, _ink);
            _y += side + 6;
        }

        public void Dispose()
        {
            document.EndPage();
            document.Close();
            _ink.Dispose();
        }

        private void NextLine(float size)
        {
            _y += size * 1.45f;
            if (_y <= PageHeight - Margin - 24)
                return;
            document.EndPage();
            _canvas = document.BeginPage(PageWidth, PageHeight);
            _y = Margin + size * 1.45f;
        }

        private void Text(string text, float x, float size, bool bold, SKTextAlign align)
        {
            using var font = new SKFont(bold ? Bold : Regular, size);
            _canvas.DrawText(text, x, _y, align, font, _ink);
        }

        private static List<string> Wrap(string text, float size, bool bold, float width)
        {
            using var font = new SKFont(bold ? Bold : Regular, size);
            List<string> lines = [];
            var line = "";
            foreach (var word in text.Normalize().Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Pieces(w, font, width)))
            {
                var longer = line.Length == 0 ? word : line + ' ' + word;
                if (line.Length > 0 && font.MeasureText(longer) > width)
                {
                    lines.Add(line);
                    line = word;
                }
                else
                {
                    line = longer;
                }
            }
            if (line.Length > 0)
                lines.Add(line);
            return lines;
        }

        // A word longer than the line, such as an address of the web, is cut.
        private static IEnumerable<string> Pieces(string word, SKFont font, float width)
        {
            while (font.MeasureText(word) > width)
            {
                var fits = word.Length - 1;
                while (fits > 1 && font.MeasureText(word.AsSpan(0, fits)) > width)
                    fits--;
                yield return word[..fits];
                word = word[fits..];
            }
            yield return word;
        }
    }
}
