using System.Diagnostics;

namespace Pac.Dossiers.Tests;

/// <summary>Counts the statements that this process sends to a database while it listens.</summary>
public sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Source = "Microsoft.EntityFrameworkCore";
    private const string Executed = Source + ".Database.Command.CommandExecuted";
    private readonly List<IDisposable> _heard = [];
    private int _count;

    public Statements() => _heard.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public int Count => _count;

    public void OnNext(DiagnosticListener value)
    {
        if (value?.Name == Source)
            _heard.Add(value.Subscribe(this, name => name == Executed));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == Executed)
            Interlocked.Increment(ref _count);
    }

    public void OnCompleted()
    {
        // Nothing to do.
    }

    public void OnError(Exception error)
    {
        // Nothing to do.
    }

    public void Dispose() => _heard.ForEach(h => h.Dispose());
}
