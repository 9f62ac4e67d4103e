using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Messaging;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks;

/// <summary>What a host registers once, and what each module registers for itself.</summary>
public static class ModuleRegistration
{
    /// <summary>Registers mediator, behaviours, dispatcher, job runner and the shared connection pool for the given modules.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="modules">The modules of this host.</param>
    /// <param name="connectionString">The one database.</param>
    /// <param name="background">Whether this host delivers facts and runs jobs; tests turn it off and drain by hand.</param>
    public static IServiceCollection AddPac(
        this IServiceCollection services,
        IReadOnlyList<IModule> modules,
        string connectionString,
        bool background = true
    )
    {
        ArgumentNullException.ThrowIfNull(modules);
        services.AddSingleton(_ => NpgsqlDataSource.Create(Pooled(connectionString)));
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<CurrentUser>();
        services.AddSingleton<OutboxWake>();
        services.AddSingleton<ModuleContexts>();
        services.AddSingleton(sp => new EventCatalog(sp.GetServices<ModuleContext>()));
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<JobRunner>();
        if (background)
        {
            services.AddHostedService(sp => sp.GetRequiredService<OutboxDispatcher>());
            services.AddHostedService(sp => sp.GetRequiredService<JobRunner>());
            services.AddHostedService<MessageHousekeeping>();
            services.AddHostedService<Auditing.AuditSealer>();
        }
        services.AddSingleton(modules);
        services.AddMediatR(c =>
        {
            c.RegisterServicesFromAssemblies([.. modules.Select(m => m.Assembly)]);
            c.AddOpenBehavior(typeof(TimingBehavior<,>));
            c.AddOpenBehavior(typeof(ValidationBehavior<,>));
            c.AddOpenBehavior(typeof(IdempotencyBehavior<,>));
        });
        return services;
    }

    /// <summary>Registers a module's pooled context, its validators and its repositories.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="module">The module.</param>
    /// <typeparam name="TContext">Its context.</typeparam>
    public static IServiceCollection AddModuleContext<TContext>(this IServiceCollection services, IModule module)
        where TContext : ModuleDbContext
    {
        ArgumentNullException.ThrowIfNull(module);
        services.AddSingleton(new ModuleContext(module, typeof(TContext)));
        services.AddSingleton(new ModuleMigration(typeof(TContext)));
        services.AddPooledDbContextFactory<TContext>(
            (sp, options) => Configure<TContext>(options, sp.GetRequiredService<NpgsqlDataSource>(), module.Name)
        );
        services.AddScoped(sp =>
        {
            var db = sp.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
            db.Lease(sp.GetRequiredService<CurrentUser>(), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<OutboxWake>());
            return db;
        });
        foreach (var (type, contract) in Implementations(module, typeof(IValidator<>)))
            services.AddSingleton(contract, type);
        foreach (var type in module.Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            if (typeof(IJobWork).IsAssignableFrom(type))
                services.AddScoped(typeof(IJobWork), type);
            if (typeof(ISeed).IsAssignableFrom(type))
                services.AddScoped(typeof(ISeed), type);
        }
        return services;
    }

    /// <summary>Registers the repository of an aggregate whose rows every caller with the permission may see.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="kind">What the aggregate is called when it is not found; the name of the type when null.</param>
    public static IServiceCollection AddRepository<T, TContext>(this IServiceCollection services, string? kind = null)
        where T : AggregateRoot
        where TContext : ModuleDbContext =>
        services.AddScoped<IRepository<T>>(sp =>
        {
            var db = sp.GetRequiredService<TContext>();
            return new EfRepository<T>(db, db.Set<T>(), kind);
        });

    /// <summary>Options of a module's context; also used at design time.</summary>
    public static void Configure<TContext>(DbContextOptionsBuilder options, NpgsqlDataSource source, string schema)
        where TContext : ModuleDbContext =>
        options.UseNpgsql(source, o => o.MigrationsHistoryTable("migrations", schema)).UseSnakeCaseNamingConvention();

    // Statements are prepared by themselves at their second use; see docs/performance.md.
    private static string Pooled(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 };
        if (!connectionString.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
            builder.MaxPoolSize = 50;
        if (!connectionString.Contains("Timeout", StringComparison.OrdinalIgnoreCase))
        {
            // A crowd at the counters waits for its turn; being sent away after a few seconds would make it come again.
            builder.Timeout = 15;
        }
        // Compiling a statement takes PostgreSQL longer than any statement of ours runs.
        builder.Options ??= "-c jit=off";
        builder.ApplicationName ??= "pac";
        builder.NoResetOnClose = true;
        // The server's details quote whole rows, and exceptions are logged.
        builder.IncludeErrorDetail = false;
        return builder.ConnectionString;
    }

    private static IEnumerable<(Type Type, Type Contract)> Implementations(IModule module, Type openContract) =>
        from type in module.Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == openContract
        select (type, contract);
}
