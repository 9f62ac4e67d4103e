using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Figures;

internal readonly record struct PublicationId(Guid Value) : IStrongId<PublicationId>
{
    public static PublicationId From(Guid value) => new(value);

    public static bool operator <(PublicationId left, PublicationId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(PublicationId left, PublicationId right) => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>What is to be published.</summary>
/// <param name="Title">Title.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Definition">How on time is judged.</param>
/// <param name="GroupBy">By what it is grouped; null for totals alone.</param>
/// <param name="Scope">Whose figures, in the written form of a data scope.</param>
internal sealed record PublicationOrder(string Title, DateOnly From, DateOnly To, OnTimeRule Definition, string? GroupBy, string Scope);

/// <summary>The proof of a publication as it lies in the store, compressed.</summary>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256, in hexadecimal.</param>
/// <param name="Run">The run of the job that wrote it; what other runs left is no part of it.</param>
/// <param name="PieceSize">Bytes of each of its pieces but the last.</param>
internal sealed record ProofFile(long Size, string Sha256, int Run, int PieceSize);

/// <summary>Figures as they were published (số liệu đã công bố): frozen with the hash of their proof, whatever becomes of the data.</summary>
internal sealed class Publication : AggregateRoot
{
    private Publication() { }

    public PublicationId Id { get; private set; }

    public string Title { get; private set; } = "";

    public DateOnly From { get; private set; }

    public DateOnly To { get; private set; }

    public OnTimeRule Definition { get; private set; }

    public string? GroupBy { get; private set; }

    /// <summary>Whose figures: <c>province</c>, <c>centre:…</c> or <c>agency:…</c>.</summary>
    public string Scope { get; private set; } = "";

    public DateTimeOffset PublishedAt { get; private set; }

    /// <summary>Subject who published.</summary>
    public string PublishedBy { get; private set; } = "";

    /// <summary>Until when the records were read.</summary>
    public DateTimeOffset CutOff { get; private set; }

    /// <summary>The figures as JSON, byte for byte as they were published.</summary>
    public string Figures { get; private set; } = "";

    /// <summary>Dossiers in the proof.</summary>
    public long ProofDossiers { get; private set; }

    /// <summary>Last hash of the proof's chain.</summary>
    public string ProofHash { get; private set; } = "";

    /// <summary>The proof itself; null where only its hash was kept.</summary>
    public ProofFile? ProofFile { get; private set; }

    public static Publication Freeze(
        Guid id,
        PublicationOrder order,
        string figures,
        (long Dossiers, string Hash, ProofFile File) proof,
        string by,
        DateTimeOffset now
    )
    {
        var publication = new Publication
        {
            Id = new(id),
            Title = order.Title,
            From = order.From,
            To = order.To,
            Definition = order.Definition,
            GroupBy = order.GroupBy,
            Scope = order.Scope,
            PublishedAt = now,
            PublishedBy = by,
            CutOff = now,
            Figures = figures,
            ProofDossiers = proof.Dossiers,
            ProofHash = proof.Hash,
            ProofFile = proof.File,
        };
        publication.Touch();
        return publication;
    }
}

/// <summary>Publications that a caller may see: those of his own data, all of them over the province.</summary>
internal sealed class PublishedFor(string scope) : Specification<Publication>
{
    protected override Expression<Func<Publication, bool>> Build() => p => scope == "province" || p.Scope == scope && scope != "own";
}
