namespace Pac.Dossiers.Persistence;

/// <summary>
/// Gives dossiers that waited for a supplement before it was kept what was due then: as the last act before the first wait had it, else what the
/// receipt promised. Where neither is known nothing is kept, and it is computed when it is asked for. Run again it changes nothing.
/// </summary>
internal static class PromisedBackfill
{
    public const string Fill = """
        WITH waited AS (
            SELECT id, promised_at,
                (jsonb_path_query_first(clock, '$.segments[*] ? (@.state == "waitingForCitizen").from') #>> '{}')::timestamptz AS asked_at
            FROM dossiers.dossiers
            WHERE clock @? '$.segments[*] ? (@.state == "waitingForCitizen")' AND clock -> 'dueBeforeWaiting' IS NULL
        ),
        before AS (
            SELECT DISTINCT ON (w.id) w.id, e.due_at
            FROM waited AS w JOIN dossiers.events AS e ON e.dossier_id = w.id AND e.due_at IS NOT NULL AND e.occurred_at < w.asked_at
            ORDER BY w.id, e.seq DESC
        )
        UPDATE dossiers.dossiers AS d
        SET clock = jsonb_set(d.clock, '{dueBeforeWaiting}', to_jsonb(coalesce(b.due_at, w.promised_at)))
        FROM waited AS w LEFT JOIN before AS b ON b.id = w.id
        WHERE d.id = w.id AND coalesce(b.due_at, w.promised_at) IS NOT NULL
        """;
}
