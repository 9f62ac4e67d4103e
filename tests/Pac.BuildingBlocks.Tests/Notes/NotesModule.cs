using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Tests.Notes;

internal sealed class NotesModule : IModule
{
    public static readonly Permission Read = new("notes.read", true, "Xem ghi chú", "See notes");
    public static readonly Permission Write = new("notes.write", false, "Viết ghi chú", "Write notes");

    public string Name => "notes";

    public IReadOnlyList<Permission> Permissions => [Read, Write];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddModuleContext<NotesDbContext>(this).AddRepository<Note, NotesDbContext>();
}

internal readonly record struct NoteId(Guid Value) : IStrongId<NoteId>
{
    public static NoteId From(Guid value) => new(value);

    public static bool operator <(NoteId left, NoteId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(NoteId left, NoteId right) => left.Value.CompareTo(right.Value) > 0;
}

internal enum NoteKind
{
    Plain,
    Urgent,
}

internal sealed record NoteTaken(Guid Id, string Title) : IDomainEvent;

/// <summary>What the module tells the world.</summary>
[EventName("notes.note-written.v1")]
internal sealed record NoteWritten(Guid Id, string Title) : IIntegrationEvent;

internal sealed class Note : AggregateRoot
{
    private Note() { }

    public NoteId Id { get; private set; }

    public string Title { get; private set; } = "";

    [Personal]
    public string Phone { get; private set; } = "";

    public int Copies { get; private set; }

    public decimal Price { get; private set; }

    public NoteKind Kind { get; private set; }

    public DateOnly? Day { get; private set; }

    public DateTimeOffset WrittenAt { get; private set; }

    public static Note Write(string title, string phone, int copies, decimal price, NoteKind kind, DateOnly? day, DateTimeOffset now)
    {
        var note = new Note
        {
            Id = new(Guid.CreateVersion7(now)),
            Title = title,
            Phone = phone,
            Copies = copies,
            Price = price,
            Kind = kind,
            Day = day,
            WrittenAt = now,
        };
        note.Raise(new NoteTaken(note.Id.Value, title));
        return note;
    }

    public void Change(string title, string phone, int copies)
    {
        (Title, Phone, Copies) = (title, phone, copies);
        Touch();
    }
}

/// <summary>How often a fact was applied; the effect of a reaction.</summary>
internal sealed class Seen
{
    public Guid Id { get; set; }

    public int Times { get; set; }
}

internal sealed class NotesDbContext(DbContextOptions<NotesDbContext> options) : ModuleDbContext(options)
{
    public override string Schema => "notes";

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Seen> SeenNotes => Set<Seen>();

    protected override IIntegrationEvent? Publish(IDomainEvent domainEvent) =>
        domainEvent is NoteTaken taken ? new NoteWritten(taken.Id, taken.Title) : null;
}

internal sealed class NoteConfiguration : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> builder)
    {
        builder.ToTable("notes");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Title).HasMaxLength(200);
        builder.Property(n => n.Phone).HasMaxLength(20);
        builder.Property(n => n.Price).HasPrecision(20, 4);
    }
}

internal sealed class SeenConfiguration : IEntityTypeConfiguration<Seen>
{
    public void Configure(EntityTypeBuilder<Seen> builder) => builder.ToTable("seen").HasKey(s => s.Id);
}
