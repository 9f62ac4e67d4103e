using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pac.SharedKernel;

namespace Pac.Violations.Domain;

// Rules 10 (Entity Framework), 22 (setter, constructor), 23 (another aggregate), 24 (raw id), 25 (double, the machine's clock).
internal sealed class LeakyAggregate : AggregateRoot
{
    public Guid Id { get; private set; }

    public string Name { get; set; } = "";

    public double Share { get; private set; }

    public List<OtherAggregate> Others { get; } = [];

    public DbSet<OtherAggregate>? Rows { get; private set; }

#pragma warning disable RS0030
    public DateTimeOffset Now() => DateTimeOffset.UtcNow;
#pragma warning restore RS0030

    public DateTimeOffset Later() => TimeProvider.System.GetUtcNow();
}

internal sealed class OtherAggregate : AggregateRoot
{
    private OtherAggregate() { }

    public WritableId Id { get; private set; }
}

// Rule 24: a struct that can change.
internal struct WritableId : IStrongId<WritableId>
{
    public Guid Value { get; set; }

    public static WritableId From(Guid value) => new() { Value = value };
}

// Rule 8: neither sealed nor extended.
internal class OpenClass;

// Rule 10: hidden in a lambda that the compiler turns into a state machine of its own.
internal static class HiddenInLambda
{
    public static Func<Task<string>> Text() =>
        async () =>
        {
            await Task.Yield();
            return JsonSerializer.Serialize(1);
        };
}

// Rule 26: the wrong module, and the same code twice.
internal static class ViolationsErrors
{
    public static readonly Error Once = new("elsewhere.twice", ErrorKind.RuleBroken, "", "");
    public static readonly Error Again = new("elsewhere.twice", ErrorKind.RuleBroken, "", "");
}
