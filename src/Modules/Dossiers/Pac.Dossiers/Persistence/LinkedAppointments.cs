using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// The one appointment of linked dossiers follows whatever moves the due instant of one of them: an extension, a supplement, a newer calendar.
/// It stands in the transaction of the act.
/// </summary>
internal static class LinkedAppointments
{
    /// <returns>The acts that this adds.</returns>
    public static async Task<List<IDossierAct>> MoveAppointments(
        this DossiersDbContext db,
        IReadOnlyList<IDossierAct> acts,
        CancellationToken ct
    )
    {
        List<IDossierAct> added = [];
        // What is only now received is linked with nothing yet.
        var moved = acts.Select(a => a.Dossier)
            .Distinct()
            .Where(d => !d.Events.Any(e => e is DossierWasReceived))
            .Where(d =>
                db.Entry(d) is { State: EntityState.Modified } entry
                // One that stood still and ends leaves the others to be done first.
                && (entry.Property(x => x.DueAt).IsModified || d.DueAt is null && entry.Property(x => x.SettledAt).IsModified)
            )
            .ToList();
        foreach (var leading in moved.Select(d => d.ParentId ?? d.Id).Distinct().ToList())
        {
            // Whoever was loaded for the act in hand is known already, as it will be.
            await db.AllDossiers.Where(d => d.ParentId == leading).LoadAsync(ct);
            var followers = db.AllDossiers.Local.Where(d => d.ParentId == leading).ToList();
            if (followers.Count == 0)
                continue;
            var leader = await db.AllDossiers.SingleAsync(d => d.Id == leading, ct);
            // While one stands still nobody knows when all are done; what was promised stands until it goes on.
            List<Dossier> all = [leader, .. followers];
            if (all.Max(d => d.DueAt) is not { } appointment || all.Exists(d => d.SettledAt is null && d.DueAt is null && d.StandsStill()))
                continue;
            foreach (var earlier in all.Where(d => moved.Contains(d) && d.DueAt < appointment))
                earlier.DueBefore(appointment);
            var cause = acts.Last(a => moved.Contains(a.Dossier));
            if (leader.MoveAppointment(appointment, TellsOf(acts, appointment), cause.By, cause.At) is { } act)
                added.Add(act);
            foreach (var follower in followers)
                follower.KeepAppointment(appointment);
        }
        return added;
    }

    // The holder hears of a new day once: where the act itself tells that very day, the appointment goes without a word.
    private static bool TellsOf(IReadOnlyList<IDossierAct> acts, DateTimeOffset appointment) =>
        acts.Any(a =>
            a switch
            {
                DossierWasExtended e => e.Dossier.Extension!.NewDueAt == appointment,
                DueTimeMoved { Which: "due", Before: not null, After: { } after } => after == appointment,
                _ => a.Dossier.DueTimeToTell(a)?.DueAt == appointment,
            }
        );
}
