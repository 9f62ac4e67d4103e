namespace Pac.EmbeddedPostgres;

/// <summary>Locks on files that the operating system gives up when their process dies, however it dies.</summary>
internal static class Locks
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    /// <summary>Held by one at a time; waits for its turn.</summary>
    public static Task<FileStream> Exclusive(string path, CancellationToken ct) => Take(path, FileAccess.ReadWrite, FileShare.None, ct);

    /// <summary>Held by any number at once; keeps the exclusive one away.</summary>
    public static async Task<FileStream> Shared(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            await using var made = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        }
        return await Take(path, FileAccess.Read, FileShare.Read, ct);
    }

    private static async Task<FileStream> Take(string path, FileAccess access, FileShare share, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, access == FileAccess.Read ? FileMode.Open : FileMode.OpenOrCreate, access, share);
            }
            catch (IOException) when (!ct.IsCancellationRequested)
            {
                await Task.Delay(Retry, ct);
            }
        }
    }
}
