using Microsoft.Extensions.Logging;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>A folder; hosts that work together share it. A file gets its name once all of it is on the disk.</summary>
/// <param name="root">The folder.</param>
/// <param name="logger">Says what failed.</param>
internal sealed class DiskFileStore(string root, ILogger logger) : IFileStore
{
    private const int BufferSize = 128 * 1024;

    public Task Put(string key, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        Write(key, bytes.Length, f => f.WriteAsync(bytes, ct).AsTask());

    public Task Put(string key, Stream content, long size, CancellationToken ct) =>
        Write(key, size, f => content.CopyToAsync(f, BufferSize, ct));

    public Task<Stream> Open(string key, long from, CancellationToken ct) =>
        Guard(() =>
        {
            var file = new FileStream(Place(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, true);
            file.Position = from;
            return Task.FromResult<Stream>(file);
        });

    public Task<long?> Size(string key, CancellationToken ct) =>
        Guard(() => Task.FromResult(new FileInfo(Place(key)) is { Exists: true } file ? file.Length : (long?)null));

    public Task Delete(string key, CancellationToken ct) =>
        Guard(() =>
        {
            if (File.Exists(Place(key)))
                File.Delete(Place(key));
            return Task.FromResult(true);
        });

    public Task DeleteFolder(string folder, CancellationToken ct) =>
        Guard(() =>
        {
            if (Directory.Exists(Place(folder)))
                Directory.Delete(Place(folder), recursive: true);
            return Task.FromResult(true);
        });

    public async IAsyncEnumerable<string> Folders(
        string folder,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        if (!Directory.Exists(Place(folder)))
            yield break;
        foreach (var found in await Guard(() => Task.FromResult(Directory.GetDirectories(Place(folder)))))
            yield return Path.GetFileName(found);
    }

    // Keys are made of hexadecimal digits here and of nothing that a caller named.
    private string Place(string key) => Path.Combine(root, key);

    private Task Write(string key, long size, Func<FileStream, Task> write) =>
        Guard(async () =>
        {
            var place = Place(key);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            var half = $"{place}.{Guid.CreateVersion7():N}.half";
            try
            {
                await using (var file = new FileStream(half, New(size)))
                {
                    await write(file);
                    file.Flush(flushToDisk: true);
                }
                File.Move(half, place, overwrite: true);
            }
            catch
            {
                File.Delete(half);
                throw;
            }
            return true;
        });

    // Room is taken first, so that a full disk is known before anything is copied.
    private static FileStreamOptions New(long size) =>
        new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = BufferSize,
            Options = FileOptions.Asynchronous,
            PreallocationSize = size,
        };

    // A full disk, a folder that is not mounted, a right that is missing: the operator's to mend, and the caller's to wait for.
    private async Task<T> Guard<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.StoreFailed(logger, e.GetType().Name, e.HResult);
            throw new BusinessRuleException(FileErrors.StoreAway);
        }
    }
}
