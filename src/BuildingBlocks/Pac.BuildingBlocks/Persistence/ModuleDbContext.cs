using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Messaging;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Persistence;

/// <summary>What every module's context has: one schema, an outbox, an inbox, kept answers, jobs and an audit trail.</summary>
/// <param name="options">Options of the pooled context.</param>
public abstract class ModuleDbContext(DbContextOptions options) : DbContext(options)
{
    private static readonly CurrentUser NoUser = new();

    /// <summary>Name of the schema; no table of the context lies elsewhere.</summary>
    public abstract string Schema { get; }

    /// <summary>Who works with this context; set at every lease from the pool.</summary>
    public CurrentUser User { get; private set; } = NoUser;

    /// <summary>The clock.</summary>
    protected TimeProvider Clock { get; private set; } = TimeProvider.System;

    /// <summary>Facts waiting to be delivered.</summary>
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>Deliveries already applied.</summary>
    public DbSet<InboxEntry> Inbox => Set<InboxEntry>();

    /// <summary>Long work.</summary>
    public DbSet<Job> Jobs => Set<Job>();

    /// <summary>Who changed what.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    internal OutboxWake? Wake { get; private set; }

    /// <summary>What this module tells the world: the published fact for a domain event, or null.</summary>
    /// <param name="domainEvent">What happened.</param>
    protected abstract IIntegrationEvent? Publish(IDomainEvent domainEvent);

    /// <summary>Tells the dispatcher that facts were committed; for a context that commits its transaction itself.</summary>
    protected void WakeDispatcher() => Wake?.Signal();

    internal void Lease(CurrentUser user, TimeProvider clock, OutboxWake wake)
    {
        User = user;
        Clock = clock;
        Wake = wake;
    }

    /// <summary>Adds an entry to the audit trail for an act that changes no aggregate; it is committed with the next save.</summary>
    /// <param name="kind">Kind of thing acted on.</param>
    /// <param name="thing">Which one.</param>
    /// <param name="changes">What changed, see <see cref="Auditing.Changes"/>; no personal data and no secret.</param>
    /// <param name="act">What was done; the use case in hand when null.</param>
    /// <param name="subject">Who acted; the caller when null.</param>
    public void Note(string kind, string thing, string? changes = null, string? act = null, string? subject = null) =>
        Audit.Add(AuditEntry.Of(User, Clock.GetUtcNow(), act ?? User.Act, kind, thing, changes, subject ?? User.Caller.Subject));

    /// <summary>For libraries that only know how to save synchronously; our own code saves asynchronously.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        var told = Prepare();
        var written = base.SaveChanges(acceptAllChangesOnSuccess);
        if (told)
            Wake?.Signal();
        return written;
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var told = Prepare();
        var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (told)
            Wake?.Signal();
        return written;
    }

    private bool Prepare()
    {
        var now = Clock.GetUtcNow();
        var told = WriteFacts(now);
        AuditEntry.Append(this, now);
        return told;
    }

    private bool WriteFacts(DateTimeOffset now)
    {
        var told = false;
        foreach (var aggregate in ChangeTracker.Entries<AggregateRoot>().Select(e => e.Entity).Where(a => a.Events.Count > 0).ToList())
        {
            foreach (var fact in aggregate.Events.Select(Publish).OfType<IIntegrationEvent>())
            {
                Outbox.Add(OutboxMessage.For(fact, now, Activity.Current?.Id));
                told = true;
            }
            aggregate.ClearEvents();
        }
        return told;
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly, t => t.Namespace == GetType().Namespace);
        modelBuilder.ApplyConfiguration(new OutboxConfiguration());
        modelBuilder.ApplyConfiguration(new InboxConfiguration());
        modelBuilder.ApplyConfiguration(new KeptAnswerConfiguration());
        modelBuilder.ApplyConfiguration(new JobConfiguration());
        modelBuilder.ApplyConfiguration(new AuditConfiguration());
        modelBuilder.ApplyConfiguration(new AuditSealConfiguration());
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(e => typeof(AggregateRoot).IsAssignableFrom(e.ClrType)))
        {
            modelBuilder.Entity(entity.ClrType).Property<uint>(nameof(AggregateRoot.Version)).IsRowVersion();
            modelBuilder.Entity(entity.ClrType).Ignore(nameof(AggregateRoot.Events));
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        StrongIdConverter.Register(configurationBuilder, GetType().Assembly);
    }
}

/// <summary>Stores every instant in UTC, with whatever offset it was computed.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToUniversalTime(), v => v);
