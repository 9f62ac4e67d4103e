namespace Pac.Dossiers.Persistence;

/// <summary>What keeps the access log as it was written; used by its migration.</summary>
internal static class AccessLogSql
{
    /// <summary>The database itself refuses to change or remove an entry, as it does for the audit trail.</summary>
    public const string AppendOnly =
        "CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dossiers.access_log FOR EACH STATEMENT EXECUTE FUNCTION dossiers.refuse_change()";

    /// <summary>Takes the guard away again.</summary>
    public const string Open = "DROP TRIGGER access_log_append_only ON dossiers.access_log";
}
