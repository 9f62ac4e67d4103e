using QRCoder;
using SkiaSharp;

namespace Pac.Dossiers.Features.Forms;

/// <summary>An A4 page that is filled from top to bottom; a new one begins when it is full. The typefaces are carried along, so that every diacritic prints on any machine.</summary>
internal sealed partial class FormPage : IDisposable
{
    private const float Short = 595;
    private const float Long = 842;
    private const float Margin = 56;
    private readonly SKPaint _ink = new() { Color = SKColors.Black, IsAntialias = true };
    private readonly SKDocument _document;
    private readonly float _width;
    private readonly float _height;
    private SKCanvas _canvas;
    private float _y = Margin;

    /// <summary>Begins the first page, upright or lying on its side.</summary>
    public FormPage(SKDocument document, bool wide)
    {
        (_document, _width, _height) = (document, wide ? Long : Short, wide ? Short : Long);
        _canvas = document.BeginPage(_width, _height);
    }

    private float Width => _width - 2 * Margin;

    public void Gap(float height) => _y += height;

    public void Both(string left, string right, float size, bool bold)
    {
        var half = Width / 2 - 8;
        var (leftLines, rightLines) = (Wrap(left, size, bold, half), Wrap(right, size, bold, half));
        for (var i = 0; i < Math.Max(leftLines.Count, rightLines.Count); i++)
        {
            NextLine(size);
            if (i < leftLines.Count)
                Text(leftLines[i], Margin + half / 2, size, bold, SKTextAlign.Center);
            if (i < rightLines.Count)
                Text(rightLines[i], _width - Margin - half / 2, size, bold, SKTextAlign.Center);
        }
    }

    public void Title(string text)
    {
        foreach (var line in Wrap(text, 15, true, Width))
            Centred(line, 15, true);
    }

    public void Centred(string text, float size, bool bold)
    {
        NextLine(size);
        Text(text, _width / 2, size, bold, SKTextAlign.Center);
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

    /// <summary>A table whose columns share the width by per cent; a row is not torn apart as long as it fits on a page.</summary>
    public void Table(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<int> percents)
    {
        Row(heads, percents, true);
        foreach (var row in rows)
            Row(row, percents, false);
        Rule();
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
            _y = _height - Margin + i * 11;
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
                _canvas.DrawRect((_width - side) / 2 + column * unit, _y + row * unit, unit, unit, _ink);
        _y += side + 6;
    }

    public void Dispose()
    {
        _document.EndPage();
        _document.Close();
        _ink.Dispose();
    }

    private void Row(IReadOnlyList<string> cells, IReadOnlyList<int> percents, bool bold)
    {
        const float size = 8.5f;
        var lines = cells.Select((c, i) => Wrap(c, size, bold, Width * percents[i] / 100 - 6)).ToList();
        var height = lines.Max(l => l.Count) * size * 1.45f + 6;
        if (_y + height > _height - Margin - 24)
            Turn(0);
        Rule();
        var top = _y;
        var x = Margin;
        for (var i = 0; i < lines.Count; i++)
        {
            _y = top;
            foreach (var line in lines[i])
            {
                NextLine(size);
                Text(line, x + 3, size, bold, SKTextAlign.Left);
            }
            x += Width * percents[i] / 100;
        }
        _y = Math.Max(_y, top + height);
    }

    private void Rule() => _canvas.DrawLine(Margin, _y, _width - Margin, _y, _ink);

    private void NextLine(float size)
    {
        _y += size * 1.45f;
        if (_y <= _height - Margin - 24)
            return;
        Turn(size * 1.45f);
    }

    private void Turn(float first)
    {
        _document.EndPage();
        _canvas = _document.BeginPage(_width, _height);
        _y = Margin + first;
    }

    private void Text(string text, float x, float size, bool bold, SKTextAlign align)
    {
        using var letters = new Letters(size, bold);
        var shift = align == SKTextAlign.Center ? letters.Measure(text) / 2 : 0;
        letters.Draw(_canvas, text, x - shift, _y, _ink);
    }

    private static List<string> Wrap(string text, float size, bool bold, float width)
    {
        using var letters = new Letters(size, bold);
        return letters.Wrap(text, width);
    }
}
