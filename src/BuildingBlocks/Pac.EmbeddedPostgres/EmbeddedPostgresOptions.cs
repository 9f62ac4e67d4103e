namespace Pac.EmbeddedPostgres;

/// <summary>How the private PostgreSQL server is started.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Folder that holds data, locks and log; one sub-folder per major version.</summary>
    public required string DataRoot { get; init; }

    /// <summary>Folder with <c>initdb</c> and <c>postgres</c>; searched for when null.</summary>
    public string? Binaries { get; init; }

    /// <summary>Database to connect to; made when it is missing.</summary>
    public string Database { get; init; } = "pac";

    /// <summary>Gives up crash safety for speed. For tests only.</summary>
    public bool FastUnsafe { get; init; }

    /// <summary>Told, in one line each, what is worth knowing, such as a folder that had to be moved.</summary>
    public Action<string> Say { get; init; } = _ => { };
}
