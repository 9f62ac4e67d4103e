using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Auditing;

/// <summary>Marks a property whose value never enters the audit trail, only the fact that it changed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute : Attribute;

/// <summary>One act on one aggregate: who, what, when, from where, before and after. Appended in the transaction of the act itself.</summary>
public sealed class AuditEntry
{
    private AuditEntry() { }

    /// <summary>Key; sorts by time.</summary>
    public Guid Id { get; private set; }

    /// <summary>When, by the host's clock.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Use case.</summary>
    public string Act { get; private set; } = "";

    /// <summary>Kind of thing acted on.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Which one.</summary>
    public string Thing { get; private set; } = "";

    /// <summary>Who acted.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Through which application.</summary>
    public string ClientId { get; private set; } = "";

    /// <summary>From which network address.</summary>
    public string? Address { get; private set; }

    /// <summary>Trace in which it happened.</summary>
    public string? TraceId { get; private set; }

    /// <summary>Changed members as <c>{"name":[before, after]}</c>; null for a new thing. Personal members show no value.</summary>
    public string? Changes { get; private set; }

    /// <summary>Place in the order of writing, by which the chain of seals names the entry.</summary>
    public long Seq { get; private set; }

    internal static void Append(ModuleDbContext db, DateTimeOffset now)
    {
        foreach (var entry in db.ChangeTracker.Entries<AggregateRoot>().ToList())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
                continue;
            var changes = entry.State == EntityState.Modified ? ChangesOf(entry) : null;
            db.Audit.Add(Of(db.User, now, db.User.Act, entry.Metadata.ClrType.Name, Key(entry), changes, db.User.Caller.Subject));
        }
    }

    internal static AuditEntry Of(
        CurrentUser user,
        DateTimeOffset now,
        string act,
        string kind,
        string thing,
        string? changes,
        string subject
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Act = act,
            Kind = kind,
            Thing = thing,
            Subject = subject,
            ClientId = user.Caller.ClientId,
            Address = user.Address,
            TraceId = Activity.Current?.TraceId.ToHexString(),
            Changes = changes,
        };

    private static string Key(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry entry)
    {
        var key = entry.Metadata.FindPrimaryKey()!.Properties[0];
        var value = entry.CurrentValues[key];
        return (key.GetValueConverter()?.ConvertToProvider(value) ?? value)?.ToString() ?? "";
    }

    private static string ChangesOf(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry entry)
    {
        var changes = new Dictionary<string, object?[]>();
        foreach (var property in entry.Properties.Where(p => p.IsModified && p.Metadata.PropertyInfo is not null))
        {
            var personal = property.Metadata.PropertyInfo!.IsDefined(typeof(PersonalAttribute), true);
            changes[property.Metadata.Name] = personal ? [] : [property.OriginalValue?.ToString(), property.CurrentValue?.ToString()];
        }
        return JsonSerializer.Serialize(changes);
    }
}

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Act).HasMaxLength(100);
        builder.Property(a => a.Kind).HasMaxLength(100);
        builder.Property(a => a.Thing).HasMaxLength(100);
        builder.Property(a => a.Subject).HasMaxLength(100);
        builder.Property(a => a.ClientId).HasMaxLength(100);
        builder.Property(a => a.Address).HasMaxLength(64);
        builder.Property(a => a.TraceId).HasMaxLength(32);
        builder.Property(a => a.Changes).HasColumnType("jsonb");
        builder.Property(a => a.Seq).UseIdentityAlwaysColumn();
        builder.HasIndex(a => a.Seq).IsUnique();
        builder.HasIndex(a => new { a.Thing, a.Id });
        builder.HasIndex(a => new { a.Subject, a.Id });
        builder.HasIndex(a => new { a.ClientId, a.Id });
    }
}
