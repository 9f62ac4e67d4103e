using System.Buffers;
using System.Security.Cryptography;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Files;

/// <summary>
/// Writes a file whose length nobody knows before into a store, piece by piece: whatever its size, one piece is in memory. It is whole once it is
/// completed; what was put before that is found and removed by its folder.
/// </summary>
internal sealed class PieceWriter(IFileStore store, Func<int, string> key) : Stream
{
    public const int PieceSize = 4 * 1024 * 1024;
    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(PieceSize);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _filled;
    private int _put;
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>The keys of a file's pieces, from its first byte on.</summary>
    public static IReadOnlyList<UploadPiece> Pieces(long size, int pieceSize, Func<int, string> key) =>
        [
            .. Enumerable
                .Range(0, (int)Math.Max(1, (size + pieceSize - 1) / pieceSize))
                .Select(n => new UploadPiece((long)n * pieceSize, (int)Math.Min(pieceSize, size - (long)n * pieceSize), key(n))),
        ];

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        _length += buffer.Length;
        while (buffer.Length > 0)
        {
            var taken = Math.Min(buffer.Length, PieceSize - _filled);
            buffer[..taken].CopyTo(_piece.AsMemory(_filled));
            buffer = buffer[taken..];
            if ((_filled += taken) == PieceSize)
                await PutPiece(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Puts what is left and gives length and SHA-256 of the whole.</summary>
    public async Task<(long Size, string Sha256)> Complete(CancellationToken ct)
    {
        if (_filled > 0 || _put == 0)
            await PutPiece(ct);
        return (_length, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    // Only what is written for asynchronous writing is given this stream.
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ArrayPool<byte>.Shared.Return(_piece);
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }

    private async Task PutPiece(CancellationToken ct)
    {
        await store.Put(key(_put), _piece.AsMemory(0, _filled), ct);
        (_put, _filled) = (_put + 1, 0);
    }
}
