using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features;

/// <summary>
/// Writes a table of any length row by row; what is in memory does not grow with it. Cells are texts, which no spreadsheet takes for a formula,
/// and whole numbers. A table that was not completed is no file that opens.
/// </summary>
internal abstract class TableWriter
{
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Begins a table with its headings.</summary>
    public static async Task<TableWriter> Open(
        TableFormat format,
        Stream target,
        string name,
        IReadOnlyList<string> headings,
        CancellationToken ct
    ) => format == TableFormat.Csv ? await CsvTable.Begin(target, headings, ct) : await XlsxTable.Begin(target, name, headings, ct);

    public static string MediaType(TableFormat format) => format == TableFormat.Csv ? Csv : Xlsx;

    public static string Extension(TableFormat format) => format == TableFormat.Csv ? "csv" : "xlsx";

    /// <summary>Writes one row: texts, whole numbers and empty cells.</summary>
    public abstract ValueTask Write(IReadOnlyList<object?> cells, CancellationToken ct);

    /// <summary>Writes what belongs to the end. The stream stays open.</summary>
    public abstract Task Complete(CancellationToken ct);
}

/// <summary>As comma-separated values, with a byte order mark, without which Excel takes Vietnamese for another alphabet.</summary>
internal sealed class CsvTable : TableWriter
{
    private readonly CsvWriter _csv;
    private readonly string[] _cells;

    private CsvTable(CsvWriter csv, int columns) => (_csv, _cells) = (csv, new string[columns]);

    public static async Task<CsvTable> Begin(Stream target, IReadOnlyList<string> headings, CancellationToken ct)
    {
        var csv = CsvWriter.Create(target, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync([.. headings], ct);
        return new(csv, headings.Count);
    }

    public override async ValueTask Write(IReadOnlyList<object?> cells, CancellationToken ct)
    {
        for (var i = 0; i < _cells.Length; i++)
            _cells[i] = cells[i] is string text
                ? SpreadsheetText.Harmless(text)
                : Convert.ToString(cells[i], CultureInfo.InvariantCulture) ?? "";
        await _csv.WriteRecordAsync(_cells, ct);
    }

    public override async Task Complete(CancellationToken ct) => await _csv.DisposeAsync();
}

/// <summary>
/// As a workbook (ECMA-376), whose sheets go out as they are written. Where a sheet is full the next one goes on, with the headings again.
/// </summary>
internal sealed partial class XlsxTable : TableWriter, IDisposable
{
    /// <summary>Rows of a sheet, the headings among them; no spreadsheet shows more.</summary>
    public const int MostRows = 1_048_576;

    private const int LongestText = 32_767;
    private const int FlushAt = 64 * 1024;
    private readonly Stream _target;
    private readonly Outlet _outlet = new();
    private readonly ZipArchive _zip;
    private readonly string _name;
    private readonly IReadOnlyList<string> _headings;
    private readonly int _mostRows;
    private readonly byte[][] _columns;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);
    private Stream? _sheet;
    private int _sheets;
    private int _row;

    private XlsxTable(Stream target, string name, IReadOnlyList<string> headings, int mostRows)
    {
        (_target, _name, _headings, _mostRows) = (target, name, headings, mostRows);
        _zip = new(_outlet, ZipArchiveMode.Create, leaveOpen: true);
        _columns = [.. Enumerable.Range(0, headings.Count).Select(i => Encoding.ASCII.GetBytes(Column(i)))];
    }

    public static async Task<XlsxTable> Begin(
        Stream target,
        string name,
        IReadOnlyList<string> headings,
        CancellationToken ct,
        int mostRows = MostRows
    )
    {
        var table = new XlsxTable(target, name, headings, mostRows);
        await table.NextSheet(ct);
        return table;
    }

    public override async ValueTask Write(IReadOnlyList<object?> cells, CancellationToken ct)
    {
        if (_row == _mostRows)
            await NextSheet(ct);
        Row(cells);
        if (_buffer.WrittenCount >= FlushAt)
            await Flush(ct);
    }

    public override async Task Complete(CancellationToken ct)
    {
        await EndSheet(ct);
        await Part(
            "xl/workbook.xml",
            """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>"""
                + Each(n => $"""<sheet name="{Escaped(SheetName(n))}" sheetId="{n}" r:id="rId{n}"/>""")
                + "</sheets></workbook>",
            ct
        );
        await Part(
            "xl/_rels/workbook.xml.rels",
            """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"""
                + Each(n =>
                    $"""<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>"""
                )
                + "</Relationships>",
            ct
        );
        await Part(
            "_rels/.rels",
            """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
            ct
        );
        await Part(
            "[Content_Types].xml",
            """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>"""
                + Each(n =>
                    $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""
                )
                + "</Types>",
            ct
        );
        _zip.Dispose();
        await Drain(ct);
        Dispose();
    }

    /// <summary>What was not completed stays in memory, and is let go.</summary>
    public void Dispose()
    {
        _sheet?.Dispose();
        _zip.Dispose();
        _outlet.Dispose();
    }

    private async Task NextSheet(CancellationToken ct)
    {
        await EndSheet(ct);
        _sheets++;
        _row = 0;
        _sheet = _zip.CreateEntry(
                string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{_sheets}.xml"),
                CompressionLevel.Fastest
            )
            .Open();
        Text(
            """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"""
        );
        Row(_headings);
    }

    private async Task EndSheet(CancellationToken ct)
    {
        if (_sheet is null)
            return;
        Text("</sheetData></worksheet>");
        await Flush(ct);
        _sheet.Dispose();
        _sheet = null;
        await Drain(ct);
    }

    private async Task Part(string name, string content, CancellationToken ct)
    {
        using (var part = _zip.CreateEntry(name, CompressionLevel.Fastest).Open())
            part.Write(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + content));
        await Drain(ct);
    }

    private async Task Flush(CancellationToken ct)
    {
        _sheet!.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        await Drain(ct);
    }

    private async Task Drain(CancellationToken ct)
    {
        if (_outlet.Written.WrittenCount == 0)
            return;
        await _target.WriteAsync(_outlet.Written.WrittenMemory, ct);
        _outlet.Written.ResetWrittenCount();
    }

    private void Row(IReadOnlyList<object?> cells)
    {
        _row++;
        _buffer.Write("<row r=\""u8);
        Number(_row);
        _buffer.Write("\">"u8);
        for (var i = 0; i < _columns.Length; i++)
            Cell(i, cells[i]);
        _buffer.Write("</row>"u8);
    }

    private void Cell(int column, object? value)
    {
        if (value is null or "")
            return;
        _buffer.Write("<c r=\""u8);
        _buffer.Write(_columns[column]);
        Number(_row);
        if (value is string text)
        {
            _buffer.Write("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
            var harmless = SpreadsheetText.Harmless(text);
            Text(Escaped(harmless.Length <= LongestText ? harmless : harmless[..LongestText]));
            _buffer.Write("</t></is></c>"u8);
            return;
        }
        _buffer.Write("\"><v>"u8);
        Number(Convert.ToInt64(value, CultureInfo.InvariantCulture));
        _buffer.Write("</v></c>"u8);
    }

    private void Number(long number)
    {
        var room = _buffer.GetSpan(20);
        System.Buffers.Text.Utf8Formatter.TryFormat(number, room, out var written);
        _buffer.Advance(written);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    private string Each(Func<int, FormattableString> one) =>
        string.Concat(Enumerable.Range(1, _sheets).Select(n => FormattableString.Invariant(one(n))));

    private string SheetName(int number) => number == 1 ? _name : string.Create(CultureInfo.InvariantCulture, $"{_name} {number}");

    // The signs of XML; what no XML may hold is left out; and _x0041_, which spreadsheets take for a letter, is told apart from one.
    private static string Escaped(string text)
    {
        if (text.Contains("_x", StringComparison.Ordinal))
            text = LooksLikeLetter().Replace(text, "_x005F_");
        return text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 && text.AsSpan().IndexOfAny(Special) < 0
            ? text
            : string.Concat(
                text.Select(c =>
                    c switch
                    {
                        '&' => "&amp;",
                        '<' => "&lt;",
                        '>' => "&gt;",
                        '"' => "&quot;",
                        '\t' or '\n' or '\r' => " ",
                        < ' ' or '\uFFFE' or '\uFFFF' => "",
                        _ => c.ToString(),
                    }
                )
            );
    }

    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"\uFFFE\uFFFF");

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex LooksLikeLetter();

    private static string Column(int index) => (index >= 26 ? Column(index / 26 - 1) : "") + (char)('A' + index % 26);

    // The archive ends its parts by writing at once, which a response refuses; what it writes waits here for the next drain.
    private sealed class Outlet : Stream
    {
        public ArrayBufferWriter<byte> Written { get; } = new(FlushAt);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => Written.Write(buffer);

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
