using System.Diagnostics;
using System.Globalization;

namespace Pac.CentreYear.Running;

/// <summary>One line that says how far something is; silent when nobody watches a terminal.</summary>
internal sealed class ProgressLine(TextWriter output) : IDisposable
{
    private readonly bool _visible = output == Console.Out && !Console.IsOutputRedirected;
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private int _width;

    public void Show(string what, long done, long total, TimeSpan elapsed)
    {
        if (!_visible || _since.ElapsedMilliseconds < 100)
            return;
        _since.Restart();
        var rate = done / Math.Max(elapsed.TotalSeconds, 0.001);
        Write(string.Create(CultureInfo.InvariantCulture, $"  {what} {done:N0} of {total:N0} ({100 * done / total} %), {rate:N0} rows/s"));
    }

    /// <summary>Replaces the line by what came of it.</summary>
    public void Close(FormattableString text)
    {
        Clear();
        output.WriteLine("  " + text.ToString(CultureInfo.InvariantCulture));
    }

    public void Dispose() => Clear();

    private void Write(string text)
    {
        output.Write('\r' + text.PadRight(_width));
        _width = text.Length;
    }

    private void Clear()
    {
        if (_width > 0)
            output.Write('\r' + new string(' ', _width) + '\r');
        _width = 0;
    }
}
