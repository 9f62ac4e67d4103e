using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Facilities.Domain;

/// <summary>Which government level a centre belongs to; there are two since 1 July 2025.</summary>
internal enum CentreLevel
{
    /// <summary>The provincial centre.</summary>
    Province,

    /// <summary>The centre of a commune or ward.</summary>
    Commune,
}

/// <summary>A public administration service centre (trung tâm phục vụ hành chính công).</summary>
internal sealed class Centre : AggregateRoot
{
    private Centre() { }

    public CentreId Id { get; private set; }

    public string Code { get; private set; } = "";

    public CentreLevel Level { get; private set; }

    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public string Address { get; private set; } = "";

    public string CalendarCode { get; private set; } = "";

    public static Centre Establish(
        string code,
        CentreLevel level,
        string name,
        string nameEn,
        string address,
        string calendarCode,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = new(Guid.CreateVersion7(now)),
            Code = code,
            Level = level,
            Name = name,
            NameEn = nameEn,
            Address = address,
            CalendarCode = calendarCode,
        };

    public void Describe(string name, string nameEn, string address, string calendarCode)
    {
        (Name, NameEn, Address, CalendarCode) = (name, nameEn, address, calendarCode);
        Touch();
    }
}

/// <summary>Where an officer serves people (quầy).</summary>
internal sealed class Counter : AggregateRoot
{
    private Counter() { }

    public CounterId Id { get; private set; }

    public string CentreCode { get; private set; } = "";

    public int Number { get; private set; }

    public string Name { get; private set; } = "";

    public bool InService { get; private set; }

    public static Counter Set(string centreCode, int number, string name, DateTimeOffset now) =>
        new()
        {
            Id = new(Guid.CreateVersion7(now)),
            CentreCode = centreCode,
            Number = number,
            Name = name,
            InService = true,
        };

    public void Describe(string name, bool inService)
    {
        (Name, InService) = (name, inService);
        Touch();
    }
}

internal sealed class CentreWithCode(string code) : Specification<Centre>
{
    protected override Expression<Func<Centre, bool>> Build() => c => c.Code == code;
}

internal sealed class CalendarWithCode(string code) : Specification<WorkCalendar>
{
    protected override Expression<Func<WorkCalendar, bool>> Build() => c => c.Code == code;
}

internal sealed class CounterWithId(CounterId id) : Specification<Counter>
{
    protected override Expression<Func<Counter, bool>> Build() => c => c.Id == id;
}

internal sealed class CounterNumbered(string centreCode, int number) : Specification<Counter>
{
    protected override Expression<Func<Counter, bool>> Build() => c => c.CentreCode == centreCode && c.Number == number;
}
