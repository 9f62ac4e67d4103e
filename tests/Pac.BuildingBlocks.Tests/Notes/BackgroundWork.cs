using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Tests.Notes;

/// <summary>What the reactions and the job do when they are reached; a test sets it.</summary>
internal sealed class Behaviour
{
    public Func<NoteWritten, Task> OnNote { get; set; } = _ => Task.CompletedTask;

    public Func<JobRun, CancellationToken, Task<object>> OnJob { get; set; } = (_, _) => Task.FromResult<object>(new { notes = 0 });
}

internal sealed class WhenNoteWritten_CountIt(NotesDbContext db) : INotificationHandler<NoteWritten>
{
    public async Task Handle(NoteWritten notification, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO notes.seen (id, times) VALUES ({notification.Id}, 1) ON CONFLICT (id) DO UPDATE SET times = seen.times + 1",
            cancellationToken
        );
}

internal sealed class WhenNoteWritten_DoWhatTheTestSays(Behaviour behaviour) : INotificationHandler<NoteWritten>
{
    public Task Handle(NoteWritten notification, CancellationToken cancellationToken) => behaviour.OnNote(notification);
}

internal sealed class CountingWork(Behaviour behaviour) : IJobWork
{
    public const string Name = "count-notes";

    public string Kind => Name;

    public Task<object> Run(JobRun run, CancellationToken ct) => behaviour.OnJob(run, ct);
}

internal sealed record CountNotes(int To) : ICommand<JobView>;

internal sealed class CountNotesHandler(NotesDbContext db, CurrentUser user, TimeProvider clock) : IRequestHandler<CountNotes, JobView>
{
    public async Task<JobView> Handle(CountNotes request, CancellationToken ct)
    {
        var job = Job.Queue(
            CountingWork.Name,
            $$"""{"to":{{request.To}}}""",
            request.To,
            user.Caller.Subject,
            user.Scope.ToString(),
            clock.GetUtcNow()
        );
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

internal sealed class CountNotesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/note-counts", Handle).Requires(NotesModule.Write);

    private static async Task<AcceptedAnswer> Handle(CountNotes command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
