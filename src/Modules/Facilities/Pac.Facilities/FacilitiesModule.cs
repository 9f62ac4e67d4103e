using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.Facilities.Domain;
using Pac.Facilities.Persistence;

namespace Pac.Facilities;

/// <summary>Centres, counters and working calendars.</summary>
public sealed class FacilitiesModule : IModule
{
    /// <inheritdoc />
    public string Name => FacilitiesDbContext.SchemaName;

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions => FacilitiesPermissions.All;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services
            .AddModuleContext<FacilitiesDbContext>(this)
            .AddRepository<Centre, FacilitiesDbContext>()
            .AddRepository<Counter, FacilitiesDbContext>()
            .AddRepository<WorkCalendar, FacilitiesDbContext>("calendar")
            .AddScoped<PublishedCalendars>();
}
