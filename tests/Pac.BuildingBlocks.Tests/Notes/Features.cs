using System.Linq.Expressions;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Tests.Notes;

internal sealed record NoteView(
    Guid Id,
    string Title,
    string Phone,
    int Copies,
    decimal Price,
    NoteKind Kind,
    DateOnly? Day,
    DateTimeOffset WrittenAt
)
{
    public static NoteView Of(Note n) => new(n.Id.Value, n.Title, n.Phone, n.Copies, n.Price, n.Kind, n.Day, n.WrittenAt);
}

internal sealed record WriteNote(
    string Title,
    int Copies = 1,
    decimal Price = 0,
    NoteKind Kind = NoteKind.Plain,
    string Phone = "",
    DateOnly? Day = null,
    DateTimeOffset? At = null,
    TimeOnly? Clock = null,
    IReadOnlyList<string>? Lines = null
) : ICommand<Versioned<NoteView>>;

internal sealed class WriteNoteValidator : AbstractValidator<WriteNote>
{
    public WriteNoteValidator()
    {
        RuleFor(c => c.Title).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Copies).InclusiveBetween(1, 1000);
    }
}

internal sealed class WriteNoteHandler(IRepository<Note> notes, TimeProvider clock, Gate gate)
    : IRequestHandler<WriteNote, Versioned<NoteView>>
{
    public async Task<Versioned<NoteView>> Handle(WriteNote request, CancellationToken ct)
    {
        if (request.Title == "refused")
            throw new BusinessRuleException(NotesErrors.Refused);
        if (request.Title == "slow")
            await gate.Pass(ct);
        var note = Note.Write(request.Title, request.Phone, request.Copies, request.Price, request.Kind, request.Day, clock.GetUtcNow());
        notes.Add(note);
        await notes.Save(ct);
        return new(NoteView.Of(note), note.Version);
    }
}

internal sealed class WriteNoteEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/notes", Handle).Requires(NotesModule.Write);

    private static async Task<CreatedAnswer<NoteView>> Handle(WriteNote command, ISender sender, CancellationToken ct)
    {
        var note = await sender.Send(command, ct);
        return new($"/api/v1/notes/{note.Item.Id}", note);
    }
}

internal sealed class GetNoteEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/notes/{id}", Handle).Requires(NotesModule.Read);

    private static async Task<ItemAnswer<NoteView>> Handle(Guid id, NotesDbContext db, CancellationToken ct)
    {
        var key = new NoteId(id);
        var note = await db.Notes.AsNoTracking().SingleOrDefaultAsync(n => n.Id == key, ct) ?? throw new NotFoundException("note");
        return new(new(NoteView.Of(note), note.Version));
    }
}

internal sealed class ListNotesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/notes", Handle).Requires(NotesModule.Read);

    private static async Task<PageAnswer<NoteView>> Handle(
        NoteKind? kind,
        DateOnly? on,
        DateTimeOffset? from,
        [AsParameters] PageRequest page,
        NotesDbContext db,
        CancellationToken ct
    )
    {
        var size = page.Size();
        var all = db
            .Notes.AsNoTracking()
            .Where(n => (kind == null || n.Kind == kind) && (on == null || n.Day == on) && (from == null || n.WrittenAt >= from));
        var rest = all;
        if (Cursors.ReadId(page.Cursor) is { } after)
            rest = all.Where(n => n.Id > new NoteId(after));
        var rows = await rest.OrderBy(n => n.Id).Take(size + 1).ToListAsync(ct);
        long? total = page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        return new(Page<NoteView>.Of([.. rows.Select(NoteView.Of)], size, n => [n.Id], total));
    }
}

internal sealed record NoteDescription(string Title, string Phone, int Copies);

internal sealed record ChangeNote(Guid Id, uint Seen, NoteDescription Wanted) : ICommand<Versioned<NoteView>>;

internal sealed class NoteWithId(Guid id) : Specification<Note>
{
    private readonly NoteId _id = new(id);

    protected override Expression<Func<Note, bool>> Build() => n => n.Id == _id;
}

internal sealed class ChangeNoteHandler(IRepository<Note> notes) : IRequestHandler<ChangeNote, Versioned<NoteView>>
{
    public async Task<Versioned<NoteView>> Handle(ChangeNote request, CancellationToken ct)
    {
        var note = await notes.Get(new NoteWithId(request.Id), request.Seen, ct);
        note.Change(request.Wanted.Title, request.Wanted.Phone, request.Wanted.Copies);
        await notes.Save(ct);
        return new(NoteView.Of(note), note.Version);
    }
}

internal sealed class ChangeNoteEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPatch("/notes/{id}", Handle).Requires(NotesModule.Write);

    private static async Task<ItemAnswer<NoteView>> Handle(
        Guid id,
        MergePatch<NoteDescription> patch,
        IfMatch ifMatch,
        NotesDbContext db,
        ISender sender,
        CancellationToken ct
    )
    {
        var key = new NoteId(id);
        var now = await db.Notes.AsNoTracking().SingleOrDefaultAsync(n => n.Id == key, ct) ?? throw new NotFoundException("note");
        return new(await sender.Send(new ChangeNote(id, ifMatch.Version, patch.Apply(new(now.Title, now.Phone, now.Copies))), ct));
    }
}

internal sealed record DiscardNote(Guid Id, uint Seen) : ICommand<bool>;

internal sealed class DiscardNoteHandler(IRepository<Note> notes) : IRequestHandler<DiscardNote, bool>
{
    public async Task<bool> Handle(DiscardNote request, CancellationToken ct)
    {
        notes.Remove(await notes.Get(new NoteWithId(request.Id), request.Seen, ct));
        await notes.Save(ct);
        return true;
    }
}

internal sealed class DiscardNoteEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/notes/{id}", Handle).Requires(NotesModule.Write);

    private static async Task<EmptyAnswer> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct)
    {
        await sender.Send(new DiscardNote(id, ifMatch.Version), ct);
        return new();
    }
}

internal sealed class FindNoteEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/titles/{title}", Handle).Requires(NotesModule.Read);

    private static async Task<ValueAnswer<int>> Handle(string title, string? phone, NotesDbContext db, CancellationToken ct) =>
        new(await db.Notes.CountAsync(n => n.Title == title && (phone == null || n.Phone == phone), ct));
}

internal static class NotesErrors
{
    public static readonly Error Refused = new("notes.refused", ErrorKind.RuleBroken, "Ghi chú bị từ chối.", "The note is refused.");

    public static Error Of(ErrorKind kind) => new("notes.refused", kind, "Ghi chú {0} bị từ chối.", "The note {0} is refused.");
}

internal sealed class RefuseEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/refusals/{kind}", Handle).Requires(NotesModule.Read);

    private static ValueAnswer<int> Handle(ErrorKind kind) => throw new BusinessRuleException(NotesErrors.Of(kind).With(7).At("/title"));
}

internal sealed class FailEndpoint : IEndpoint
{
    public const string Secret = "secret-of-the-database";

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/failures/{how}", Handle).AllowsAnonymous();

    private static ValueAnswer<int> Handle(string how) =>
        throw (
            how switch
            {
                "away" => new Npgsql.NpgsqlException(Secret),
                "slow" => new InvalidOperationException(Secret, new TimeoutException(Secret)),
                "data" => new InvalidDataException(Secret),
                // As EF hands it on out of a save.
                "deadlock" => new InvalidOperationException(
                    Secret,
                    new DbUpdateException(
                        Secret,
                        new Npgsql.PostgresException(Secret, "ERROR", "ERROR", Npgsql.PostgresErrorCodes.DeadlockDetected)
                    )
                ),
                _ => new InvalidOperationException(Secret),
            }
        );
}

internal sealed class DownloadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/file", Handle).AllowsAnonymous();

    private static FileAnswer Handle() => new([1, 2, 3], "application/octet-stream", "notes.bin");
}

/// <summary>Holds a handler in the middle of its work until the test lets it go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task;

    public Task Pass(CancellationToken ct)
    {
        _reached.TrySetResult();
        return _open.Task.WaitAsync(ct);
    }

    public void Open() => _open.TrySetResult();
}
