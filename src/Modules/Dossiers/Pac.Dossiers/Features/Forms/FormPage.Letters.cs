using System.Globalization;
using SkiaSharp;

namespace Pac.Dossiers.Features.Forms;

/// <content>How text is set.</content>
internal sealed partial class FormPage
{
    /// <summary>
    /// Text of a form in one size. A word that the typeface of the forms lacks letters for, such as a name in Ede or M'nong, is set in another that
    /// has them; a mark for which there is no letter with it, as in <c>ê̆</c>, is set above its letter.
    /// </summary>
    private sealed class Letters : IDisposable
    {
        private static readonly SKTypeface[] Regular = [Load("BeVietnamPro-Regular.ttf"), Load("NotoSans-Regular.ttf")];
        private static readonly SKTypeface[] Bold = [Load("BeVietnamPro-Bold.ttf"), Load("NotoSans-Bold.ttf")];
        private readonly SKFont[] _fonts;

        public Letters(float size, bool bold) => _fonts = [.. (bold ? Bold : Regular).Select(t => new SKFont(t, size))];

        /// <summary>How wide the text is; marks take no room.</summary>
        public float Measure(string text) => Runs(text).Sum(r => r.Font.MeasureText(Unmarked(r.Text)));

        public void Draw(SKCanvas canvas, string text, float x, float y, SKPaint ink)
        {
            foreach (var (run, font) in Runs(text))
            {
                // A letter with a mark of its own is drawn by itself.
                if (run.Length > 1 && IsMark(run[1]) && StringInfo.GetNextTextElementLength(run) == run.Length)
                    DrawMarked(canvas, run, font, new(x, y), ink);
                else
                    canvas.DrawText(run, x, y, SKTextAlign.Left, font, ink);
                x += font.MeasureText(Unmarked(run));
            }
        }

        /// <summary>The lines, of which none is wider than <paramref name="width"/>. Line breaks of the text are kept.</summary>
        public List<string> Wrap(string text, float width) =>
            string.IsNullOrWhiteSpace(text)
                ? []
                : [.. text.Normalize().Trim().ReplaceLineEndings("\n").Split('\n').SelectMany(p => WrapParagraph(p, width))];

        public void Dispose()
        {
            foreach (var font in _fonts)
                font.Dispose();
        }

        private List<string> WrapParagraph(string text, float width)
        {
            List<string> lines = [];
            var line = "";
            foreach (var word in Printed(text).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Pieces(w, width)))
            {
                var longer = line.Length == 0 ? word : line + ' ' + word;
                if (line.Length > 0 && Measure(longer) > width)
                {
                    lines.Add(line);
                    line = word;
                }
                else
                {
                    line = longer;
                }
            }
            // A paragraph without words is an empty line.
            lines.Add(line);
            return lines;
        }

        // A word longer than the line, such as an address of the web, is cut.
        private IEnumerable<string> Pieces(string word, float width)
        {
            while (Measure(word) > width)
            {
                var fits = word.Length - 1;
                while (fits > 1 && (IsMark(word[fits]) || Measure(word[..fits]) > width))
                    fits--;
                yield return word[..fits];
                word = word[fits..];
            }
            yield return word;
        }

        // Word by word, so that a name is of one typeface; what no typeface has as a whole, letter by letter.
        private IEnumerable<(string Text, SKFont Font)> Runs(string text)
        {
            if (!text.Any(IsMark) && _fonts[0].ContainsGlyphs(text))
                return [(text, _fonts[0])];
            return Words(text)
                .SelectMany(w => w.Any(IsMark) || FontFor(w) is null ? Elements(w) : [w])
                .Select(t => (t, FontFor(t) ?? _fonts[^1]));
        }

        private SKFont? FontFor(string text) => Array.Find(_fonts, f => f.ContainsGlyphs(text));

        private static IEnumerable<string> Words(string text)
        {
            for (int from = 0, to; from < text.Length; from = to)
            {
                to = text.IndexOf(' ', from) is var space and >= 0 ? space + 1 : text.Length;
                yield return text[from..to];
            }
        }

        private static IEnumerable<string> Elements(string word)
        {
            var elements = StringInfo.GetTextElementEnumerator(word);
            while (elements.MoveNext())
                yield return elements.GetTextElement();
        }

        private static void DrawMarked(SKCanvas canvas, string element, SKFont font, SKPoint at, SKPaint ink)
        {
            _ = font.GetGlyphWidths(element, out var bounds);
            var glyphs = font.GetGlyphs(element);
            var (top, bottom) = (bounds[0].Top, bounds[0].Bottom);
            var middle = bounds[0].MidX;
            var gap = font.Size / 16;
            var places = new SKPoint[glyphs.Length];
            for (var i = 1; i < glyphs.Length; i++)
            {
                var mark = bounds[i];
                var isAbove = mark.MidY < -font.Metrics.XHeight / 2;
                // Marks of the typeface sit where a small letter ends; over a tall one, or over another mark, they are lifted.
                var dy = isAbove ? Math.Min(0, top - gap - mark.Bottom) : Math.Max(0, bottom + gap - mark.Top);
                places[i] = new(middle - mark.MidX, dy);
                (top, bottom) = isAbove ? (mark.Top + dy, bottom) : (top, mark.Bottom + dy);
            }
            using var builder = new SKTextBlobBuilder();
            builder.AddPositionedRun(glyphs, font, places);
            using var drawn = builder.Build();
            canvas.DrawText(drawn, at.X, at.Y, ink);
        }

        private static string Unmarked(string text) => text.Any(IsMark) ? string.Concat(text.Where(c => !IsMark(c))) : text;

        private static bool IsMark(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

        // What has no shape, such as a zero-width space, would print as a box.
        private static string Printed(string text) =>
            string.Concat(
                text.Where(c => c == '\t' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            );

        private static SKTypeface Load(string name)
        {
            using var file = typeof(FormPage).Assembly.GetManifestResourceStream(name)!;
            return SKTypeface.FromStream(file)!;
        }
    }
}
