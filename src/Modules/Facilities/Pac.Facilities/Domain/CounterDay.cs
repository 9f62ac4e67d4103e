namespace Pac.Facilities.Domain;

/// <summary>What passed over one counter on one day; made from facts of other modules.</summary>
internal sealed class CounterDay
{
    private CounterDay() { }

    public Guid CounterId { get; private set; }

    public DateOnly Day { get; private set; }

    public int DossiersReceived { get; private set; }
}
