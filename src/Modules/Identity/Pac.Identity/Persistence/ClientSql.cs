using Microsoft.EntityFrameworkCore;
using Pac.Identity.Domain;

namespace Pac.Identity.Persistence;

/// <summary>What administration asks of the tokens of an application.</summary>
internal static class ClientSql
{
    /// <summary>When it last got a token, and how many access and refresh tokens of it stand.</summary>
    public static async Task<(DateTimeOffset? Last, int Living)> TokensOf(
        this IdentityStore db,
        Guid client,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var tokens = db.Set<Token>().Where(t => t.Application!.Id == client);
        var last = await tokens.MaxAsync(t => t.CreationDate, ct);
        var living = await tokens.CountAsync(
            t => t.Status == "valid" && t.ExpirationDate > now.UtcDateTime && t.Type != "authorization_code",
            ct
        );
        return (last is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null, living);
    }
}
