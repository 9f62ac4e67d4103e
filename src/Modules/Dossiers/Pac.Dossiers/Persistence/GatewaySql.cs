using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;

namespace Pac.Dossiers.Persistence;

internal sealed class GatewayOrders(DossiersDbContext db) : IGatewayOrders
{
    public async Task<(OnlinePayment Order, Dossier Dossier)?> Hold(string orderCode, CancellationToken ct)
    {
        await db.Begin(ct);
        await using (
            var hold = db.Command(
                """
                WITH o AS MATERIALIZED (SELECT dossier_id FROM dossiers.online_payments WHERE code = $1 FOR UPDATE)
                SELECT 1 FROM dossiers.dossiers WHERE id = (SELECT dossier_id FROM o) FOR UPDATE
                """
            )
        )
        {
            hold.Parameters.Add(new NpgsqlParameter<string> { TypedValue = orderCode });
            if (await hold.ExecuteScalarAsync(ct) is null)
                return null;
        }
        var order = await db.Set<OnlinePayment>().SingleAsync(o => o.Code == orderCode, ct);
        return (order, await db.AllDossiers.SingleAsync(d => d.Id == order.DossierId, ct));
    }
}

/// <summary>The statements of the gateway: what is to be asked, and the sandbox, which stands for the other side.</summary>
internal static class GatewaySql
{
    /// <summary>Takes orders that nothing was heard of; other hosts take others, and they are asked again later.</summary>
    public static async Task<List<string>> TakeUnheard(
        this DossiersDbContext db,
        DateTimeOffset now,
        TimeSpan pause,
        int most,
        CancellationToken ct
    )
    {
        var (at, next) = (now.ToUniversalTime(), (now + pause).ToUniversalTime());
        return await db
            .Database.SqlQuery<string>(
                $"""
                UPDATE dossiers.online_payments SET ask_at = {next} WHERE id IN (
                    SELECT id FROM dossiers.online_payments WHERE ask_at <= {at} ORDER BY ask_at LIMIT {most} FOR UPDATE SKIP LOCKED)
                RETURNING code AS "Value"
                """
            )
            .ToListAsync(ct);
    }

    public static Task AddSandboxOrder(
        this DossiersDbContext db,
        string code,
        long dong,
        DateTimeOffset expiresAt,
        string noticeAddress,
        CancellationToken ct
    )
    {
        var expires = expiresAt.ToUniversalTime();
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.sandbox_orders (code, amount_dong, expires_at, state, paid_dong, notice_address)
            VALUES ({code}, {dong}, {expires}, 'Pending', 0, {noticeAddress}) ON CONFLICT (code) DO NOTHING
            """,
            ct
        );
    }

    public static Task<SandboxOrder?> FindSandboxOrder(this DossiersDbContext db, string code, CancellationToken ct) =>
        db.Set<SandboxOrder>().AsNoTracking().FirstOrDefaultAsync(o => o.Code == code, ct);

    /// <summary>What the payer did. Paying a second time is another transaction.</summary>
    public static Task DecideSandboxOrder(
        this DossiersDbContext db,
        string code,
        string state,
        long dong,
        string? transaction,
        CancellationToken ct
    ) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.sandbox_orders SET state = {state}, paid_dong = {dong}, transaction_id = {transaction} WHERE code = {code}
            """,
            ct
        );

    /// <summary>Gives back by document, once each.</summary>
    public static Task RefundSandboxOrder(this DossiersDbContext db, string code, string document, long dong, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.sandbox_orders SET refunds = refunds || jsonb_build_object({document}, {dong}) WHERE code = {code}
            """,
            ct
        );
}
