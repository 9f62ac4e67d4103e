namespace Pac.Dossiers.Persistence;

/// <summary>
/// Gives dossiers that were open before the columns were there what they would have by now: the promise, the instant of the work in hand, and
/// the watch over it. An imported dossier is watched where this system states its status; what was overdue by then is noted as such, and nobody
/// is told of it once more. Run again it changes nothing.
/// </summary>
internal static class OpenDossierBackfill
{
    public const string Sql = """
        UPDATE dossiers.dossiers SET
            work_due_at = coalesce(CASE status
                WHEN 'Submitted' THEN (intake->>'dueAt')::timestamptz
                WHEN 'SupplementRequested' THEN (supplements->-1->'answer'->>'dueAt')::timestamptz END, due_at),
            promised_at = CASE WHEN source IS NULL AND only_submitted = false THEN coalesce(promised_at, due_at) ELSE promised_at END,
            arrived_at = CASE WHEN submitted_at IS NOT NULL THEN coalesce(arrived_at, submitted_at) END,
            noted_due_at = CASE WHEN source IS NOT NULL AND watch_at IS NULL AND due_at < now() THEN due_at ELSE noted_due_at END,
            watch_at = CASE
                WHEN watch_at IS NOT NULL OR stated_by <> 'Pac' OR status NOT IN ('Received', 'InProcess') THEN watch_at
                WHEN due_at = noted_due_at OR source IS NOT NULL AND due_at < now() THEN NULL
                ELSE due_at END
        WHERE settled_at IS NULL
        """;
}
