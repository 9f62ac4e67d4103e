namespace Pac.SharedKernel;

/// <summary>The root of a cluster of objects that change together in one transaction.</summary>
public abstract class AggregateRoot
{
    private readonly List<IDomainEvent> _events = [];

    /// <summary>Changes with every committed write; the basis of the entity tag. Set by the database (<c>xmin</c>).</summary>
    public uint Version { get; private set; }

    /// <summary>How many acts were done on this aggregate, starting at 1. Facts carry it so that a consumer can ignore older ones.</summary>
    public int Revision { get; private set; }

    /// <summary>What happened since the aggregate was loaded.</summary>
    public IReadOnlyList<IDomainEvent> Events => _events;

    /// <summary>Records what happened and counts the act.</summary>
    /// <param name="domainEvent">The fact, in the module's own words.</param>
    protected void Raise(IDomainEvent domainEvent)
    {
        _events.Add(domainEvent);
        Revision++;
    }

    /// <summary>Counts an act that no other part of the system needs to hear about.</summary>
    protected void Touch() => Revision++;

    /// <summary>Forgets the recorded facts once they were written.</summary>
    public void ClearEvents() => _events.Clear();
}
