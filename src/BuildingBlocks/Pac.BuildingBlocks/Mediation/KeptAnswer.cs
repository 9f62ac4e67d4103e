using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pac.BuildingBlocks.Mediation;

/// <summary>The first answer to a repeatable request, kept in the transaction of its effect for 7 days.</summary>
public sealed class KeptAnswer
{
    private KeptAnswer() { }

    /// <summary>The caller's key.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Whose key it is: application and user.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>SHA-256 of the use case and its content.</summary>
    public byte[] RequestHash { get; private set; } = [];

    /// <summary>The answer as JSON.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>When it was kept.</summary>
    public DateTimeOffset KeptAt { get; private set; }
}

internal sealed class KeptAnswerConfiguration : IEntityTypeConfiguration<KeptAnswer>
{
    public void Configure(EntityTypeBuilder<KeptAnswer> builder)
    {
        builder.ToTable("kept_answers");
        builder.HasKey(k => new { k.Key, k.Owner });
        builder.Property(k => k.Key).HasMaxLength(100);
        builder.Property(k => k.Owner).HasMaxLength(210);
        builder.Property(k => k.RequestHash).HasMaxLength(32);
        builder.Property(k => k.Answer).HasColumnType("jsonb");
        builder.HasIndex(k => k.KeptAt);
    }
}
