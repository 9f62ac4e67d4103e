namespace Pac.BuildingBlocks.Messaging;

/// <summary>Wakes the dispatchers of this host after a save; other hosts find the rows at their next poll.</summary>
public sealed class OutboxWake : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Says that there is something to deliver.</summary>
    public void Signal()
    {
        if (_signal.CurrentCount > 0)
            return;
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else signalled in between; the dispatcher wakes anyway.
        }
    }

    internal Task Wait(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();
}
