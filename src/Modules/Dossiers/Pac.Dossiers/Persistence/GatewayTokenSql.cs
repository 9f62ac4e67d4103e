using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Persistence;

internal sealed class GatewayTokenConfiguration : IEntityTypeConfiguration<GatewayToken>
{
    public void Configure(EntityTypeBuilder<GatewayToken> builder)
    {
        builder.ToTable("gateway_tokens");
        builder.HasKey(t => t.Gateway);
        builder.Property(t => t.Gateway).HasMaxLength(20);
        builder.Property(t => t.BegunWith).HasMaxLength(32);
    }
}

/// <summary>The statements around the tokens of gateways. One host renews; the others wait for its row and take what it got.</summary>
internal static class GatewayTokenSql
{
    /// <summary>The tokens as they are, begun with what the operator set; null before.</summary>
    public static Task<GatewayToken?> FindToken(this DossiersDbContext db, string gateway, byte[] begunWith, CancellationToken ct) =>
        db.GatewayTokens.AsNoTracking().FirstOrDefaultAsync(t => t.Gateway == gateway && t.BegunWith == begunWith, ct);

    /// <summary>Takes the row for this host until the end of the transaction in hand; what the operator set anew takes the place of the old pair.</summary>
    public static async Task<GatewayToken> HoldToken(
        this DossiersDbContext db,
        string gateway,
        byte[] begunWith,
        byte[] refresh,
        CancellationToken ct
    )
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.gateway_tokens AS t (gateway, begun_with, refresh, expires_at) VALUES ({gateway}, {begunWith}, {refresh}, 'epoch')
            ON CONFLICT (gateway) DO UPDATE SET begun_with = excluded.begun_with, refresh = excluded.refresh, access = NULL, expires_at = 'epoch'
                WHERE t.begun_with <> excluded.begun_with
            """,
            ct
        );
        return await db
            .GatewayTokens.FromSql($"SELECT * FROM dossiers.gateway_tokens WHERE gateway = {gateway} FOR UPDATE")
            .AsNoTracking()
            .SingleAsync(ct);
    }

    /// <summary>Keeps a new pair.</summary>
    public static Task KeepToken(
        this DossiersDbContext db,
        string gateway,
        byte[] access,
        byte[] refresh,
        (DateTimeOffset Now, DateTimeOffset ExpiresAt) times,
        CancellationToken ct
    ) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.gateway_tokens SET access = {access}, refresh = {refresh}, expires_at = {times.ExpiresAt.ToUniversalTime()},
                renewed_at = {times.Now.ToUniversalTime()}
            WHERE gateway = {gateway}
            """,
            ct
        );

    /// <summary>Notes that the gateway no longer takes a token, so that the next message renews it. A newer one stays.</summary>
    public static Task DropToken(this DossiersDbContext db, string gateway, byte[] access, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"UPDATE dossiers.gateway_tokens SET expires_at = 'epoch' WHERE gateway = {gateway} AND access = {access}",
            ct
        );
}
