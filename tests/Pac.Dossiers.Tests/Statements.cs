using System.Diagnostics;

namespace Pac.Dossiers.Tests;

/// <summary>Counts the statements that this process sends to PostgreSQL while it listens.</summary>
public sealed class Statements : IDisposable
{
    private readonly ActivityListener _listener;
    private int _count;

    public Statements()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if ((activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is not null)
                    Interlocked.Increment(ref _count);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public int Count => _count;

    public void Dispose() => _listener.Dispose();
}
