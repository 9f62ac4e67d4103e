using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Exchange;

/// <summary>The line of what other systems told when they were asked.</summary>
internal static class IncomingLine
{
    /// <summary>Puts what a partner told in line, to be applied; what was taken in before is not taken in again.</summary>
    /// <returns>Whether it is new.</returns>
    public static async Task<bool> TakeIn(
        this DossiersDbContext db,
        IMessageSeals seals,
        ExchangePartner partner,
        string text,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var key = await seals.KeyOf(text, ct);
        if (await db.ExchangeMessages.AnyAsync(m => m.Partner == partner && m.Key == key, ct))
            return false;
        var message = ExchangeMessage.Receive(partner, text.Length > ExchangeWorker.MostText ? null : seals.Close(text), key, now);
        if (text.Length > ExchangeWorker.MostText)
            message.Park("too-long");
        db.ExchangeMessages.Add(message);
        var taken = true;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e)
            when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            // Another host took it in at this moment.
            taken = false;
        }
        db.ChangeTracker.Clear();
        return taken;
    }
}
