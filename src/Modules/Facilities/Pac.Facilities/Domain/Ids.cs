using Pac.SharedKernel;

namespace Pac.Facilities.Domain;

internal readonly record struct CalendarId(Guid Value) : IStrongId<CalendarId>
{
    public static CalendarId From(Guid value) => new(value);
}

internal readonly record struct CentreId(Guid Value) : IStrongId<CentreId>
{
    public static CentreId From(Guid value) => new(value);
}

internal readonly record struct CounterId(Guid Value) : IStrongId<CounterId>
{
    public static CounterId From(Guid value) => new(value);

    public static bool operator <(CounterId left, CounterId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(CounterId left, CounterId right) => left.Value.CompareTo(right.Value) > 0;
}
