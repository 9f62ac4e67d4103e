using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>Pieces of a store read as one file, from any place. Nothing is opened before it is read.</summary>
internal sealed class PiecedStream(IFileStore store, IReadOnlyList<UploadPiece> pieces, long length) : Stream
{
    private Stream? _open;
    private long _openAt = -1;
    private int _piece;

    /// <summary>Content under one key.</summary>
    public static PiecedStream Whole(IFileStore store, string key, long size) => new(store, [new(0, 0, key)], size);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= length || buffer.Length == 0)
            return 0;
        if (_open is null || _openAt != Position)
            await Reach(cancellationToken);
        var read = await ReadOpen(buffer[..(int)Math.Min(buffer.Length, End(_piece) - Position)], cancellationToken);
        Position += read;
        _openAt = Position == End(_piece) ? -1 : Position;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => length + offset,
        };

    // Only what is written for asynchronous reading is given this stream.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override async ValueTask DisposeAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _open?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<int> ReadOpen(Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            return await _open!.ReadAsync(buffer, ct) is > 0 and var read ? read : throw new EndOfStreamException();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new BusinessRuleException(FileErrors.StoreAway);
        }
    }

    private async Task Reach(CancellationToken ct)
    {
        if (_open is not null)
            await _open.DisposeAsync();
        _open = null;
        _piece = 0;
        while (End(_piece) <= Position)
            _piece++;
        _open = await store.Open(pieces[_piece].Key, Position - pieces[_piece].Offset, ct);
    }

    private long End(int piece) => piece == pieces.Count - 1 ? length : pieces[piece + 1].Offset;
}
