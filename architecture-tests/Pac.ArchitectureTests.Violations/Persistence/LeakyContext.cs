using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Pac.SharedKernel;
using Pac.Violations.Features.Leaks;

namespace Pac.Violations.Persistence;

// Rules 27 (schema, history, foreign key), 29 (no migration), 30 (token, length, precision, enumeration as number), 34 (tells nothing).
internal sealed class LeakyContext(DbContextOptions<LeakyContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Loose>(b =>
        {
            b.ToTable("strays", "leaky");
            b.Ignore(l => l.Events);
        });
        modelBuilder.Entity<Keeper>(b =>
        {
            b.ToTable("keepers", "violations");
            b.HasOne<Loose>().WithMany().HasForeignKey(k => k.LooseId);
        });
    }
}

internal sealed class Loose : AggregateRoot
{
    public Guid Id { get; private set; }

    public string Unbounded { get; private set; } = "";

    public decimal Imprecise { get; private set; }

    public DayOfWeek NumberedEnum { get; private set; }
}

internal sealed class Keeper
{
    public Guid Id { get; private set; }

    public Guid LooseId { get; private set; }
}

internal sealed class LeakyDesignTime : IDesignTimeDbContextFactory<LeakyContext>
{
    public LeakyContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<LeakyContext>().UseNpgsql("Host=localhost").Options);
}

// Rule 13: knows a feature.
internal static class LeakySql
{
    public static string Name(Leaky command) => command.Name;
}
