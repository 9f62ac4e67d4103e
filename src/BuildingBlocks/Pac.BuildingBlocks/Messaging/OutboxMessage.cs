using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Messaging;

/// <summary>A fact written in the transaction that made it true, waiting to be delivered.</summary>
public sealed class OutboxMessage
{
    private OutboxMessage() { }

    /// <summary>Identity of the fact; consumers use it to apply it once.</summary>
    public Guid Id { get; private set; }

    /// <summary>Stable name, see <see cref="EventNameAttribute"/>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The fact as JSON.</summary>
    public string Payload { get; private set; } = "";

    /// <summary>When it became true.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>Deliveries begun.</summary>
    public int Attempts { get; private set; }

    /// <summary>Not to be delivered before; also the end of the lease of a delivery under way.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>Why the last delivery failed: the type of the exception, never its text.</summary>
    public string? LastError { get; private set; }

    /// <summary>When all consumers had applied it.</summary>
    public DateTimeOffset? ProcessedAt { get; private set; }

    /// <summary>When it was given up; an operator redrives it.</summary>
    public DateTimeOffset? ParkedAt { get; private set; }

    /// <summary>Trace in which it was made.</summary>
    public string? TraceParent { get; private set; }

    internal static OutboxMessage For(IIntegrationEvent fact, DateTimeOffset now, string? traceParent) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Name = EventCatalog.NameOf(fact.GetType()),
            Payload = JsonSerializer.Serialize(fact, fact.GetType(), JsonSerializerOptions.Web),
            OccurredAt = now,
            NextAttemptAt = now,
            TraceParent = traceParent,
        };
}

/// <summary>That one handler has applied one fact; written in the transaction of its effect.</summary>
public sealed class InboxEntry
{
    private InboxEntry() { }

    /// <summary>Identity of the fact.</summary>
    public Guid EventId { get; private set; }

    /// <summary>Name of the handler.</summary>
    public string Handler { get; private set; } = "";

    /// <summary>When it was applied.</summary>
    public DateTimeOffset AppliedAt { get; private set; }
}

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Name).HasMaxLength(100);
        builder.Property(m => m.Payload).HasColumnType("jsonb");
        builder.Property(m => m.LastError).HasMaxLength(200);
        builder.Property(m => m.TraceParent).HasMaxLength(64);
        builder.HasIndex(m => m.NextAttemptAt).HasFilter("processed_at IS NULL AND parked_at IS NULL").HasDatabaseName("ix_outbox_waiting");
    }
}

internal sealed class InboxConfiguration : IEntityTypeConfiguration<InboxEntry>
{
    public void Configure(EntityTypeBuilder<InboxEntry> builder)
    {
        builder.ToTable("inbox");
        builder.HasKey(e => new { e.EventId, e.Handler });
        builder.Property(e => e.Handler).HasMaxLength(150);
    }
}
