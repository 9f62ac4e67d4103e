using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Persistence;
using Pac.Facilities.Contracts;
using Pac.Facilities.Domain;
using Pac.SharedKernel;

namespace Pac.Facilities.Persistence;

internal sealed class FacilitiesDbContext(DbContextOptions<FacilitiesDbContext> options) : ModuleDbContext(options)
{
    public const string SchemaName = "facilities";

    public override string Schema => SchemaName;

    public DbSet<Centre> Centres => Set<Centre>();

    public DbSet<Counter> Counters => Set<Counter>();

    public DbSet<WorkCalendar> Calendars => Set<WorkCalendar>();

    public DbSet<CalendarVersion> CalendarVersions => Set<CalendarVersion>();

    public DbSet<CounterDay> CounterDays => Set<CounterDay>();

    protected override IIntegrationEvent? Publish(IDomainEvent domainEvent) =>
        domainEvent switch
        {
            // The first version of a calendar changes nothing for anybody.
            CalendarPublished { Version: > 1 } e => new CalendarChanged(e.Code, e.Version, e.Reason),
            _ => null,
        };
}

internal sealed class FacilitiesDesignTime : IDesignTimeDbContextFactory<FacilitiesDbContext>
{
    public FacilitiesDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<FacilitiesDbContext>();
        ModuleRegistration.Configure<FacilitiesDbContext>(
            options,
            NpgsqlDataSource.Create("Host=localhost"),
            FacilitiesDbContext.SchemaName
        );
        return new(options.Options);
    }
}
