using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pac.BuildingBlocks.Jobs;

/// <summary>Where long work stands.</summary>
public enum JobState
{
    /// <summary>Waiting for a host.</summary>
    Queued,

    /// <summary>A host works on it.</summary>
    Running,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Given up; the error says why.</summary>
    Failed,
}

/// <summary>Long work that outlives its request and its host: claimed with a lease, resumed from its checkpoint.</summary>
public sealed class Job
{
    private Job() { }

    /// <summary>Key.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which work, such as <c>import-dossiers</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public JobState State { get; private set; }

    /// <summary>Units done.</summary>
    public long Done { get; private set; }

    /// <summary>Units in all, when known.</summary>
    public long? Total { get; private set; }

    /// <summary>What to work on, as JSON.</summary>
    public string Parameters { get; private set; } = "{}";

    /// <summary>Where to go on after a crash, as JSON; written in the transaction of the work it describes.</summary>
    public string? Checkpoint { get; private set; }

    /// <summary>Outcome, as JSON.</summary>
    public string? Result { get; private set; }

    /// <summary>Why it failed: a code, never data.</summary>
    public string? Error { get; private set; }

    /// <summary>Who asked for it.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Which data the one who asked may see, in written form.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the first run began.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Until when the present run holds it; another host may take it after that.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>Number of the run; a run whose number is no longer the last one may not write.</summary>
    public int Fence { get; private set; }

    /// <summary>Asks for long work. It starts once the asking transaction is committed.</summary>
    public static Job Queue(string kind, string parameters, long? total, string subject, string scope, DateTimeOffset now) =>
        Queue(Guid.CreateVersion7(now), kind, parameters, total, subject, scope, now);

    /// <summary>Asks for long work under an id that its material carries already.</summary>
    public static Job Queue(Guid id, string kind, string parameters, long? total, string subject, string scope, DateTimeOffset now) =>
        new()
        {
            Id = id,
            Kind = kind,
            Parameters = parameters,
            Total = total,
            Subject = subject,
            Scope = scope,
            CreatedAt = now,
        };
}

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(j => j.Id);
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Kind).HasMaxLength(60);
        builder.Property(j => j.Parameters).HasColumnType("jsonb");
        builder.Property(j => j.Checkpoint).HasColumnType("jsonb");
        builder.Property(j => j.Result).HasColumnType("jsonb");
        builder.Property(j => j.Error).HasMaxLength(200);
        builder.Property(j => j.Subject).HasMaxLength(100);
        builder.Property(j => j.Scope).HasMaxLength(80);
        builder.HasIndex(j => j.CreatedAt).HasFilter("state IN ('Queued', 'Running')").HasDatabaseName("ix_jobs_waiting");
    }
}
