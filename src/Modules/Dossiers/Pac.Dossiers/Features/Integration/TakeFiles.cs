using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Exchange;
using Pac.Dossiers.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

/// <summary>Takes in the files that people handed in at another system, by the checks that every upload goes through.</summary>
internal sealed class TakeFiles(DossiersDbContext db, IFileStore store, DocumentIntake intake, FileTypes types, TimeProvider clock)
    : IExchangeFiles
{
    private const string NationalStore = "Kho DMQG";

    public async Task Check(ExchangeMessage message, IncomingFile said, CancellationToken ct)
    {
        var dossier = await DossierOf(message, ct);
        FactsOf(said).Check(dossier, await intake.AskedFor(dossier, ct));
    }

    public async Task Take(ExchangeMessage message, IncomingFile said, PartnerFile file, CancellationToken ct)
    {
        var dossier = await DossierOf(message, ct);
        var (type, name) = Named(said, file.MediaType);
        var upload = new UploadId(Guid.CreateVersion7(clock.GetUtcNow()));
        List<UploadPiece> pieces = [];
        try
        {
            await using var limited = new LimitedStream(file.Content, type.Largest);
            var size = await intake.Receive(upload, 0, limited, Keep, ct);
            await using var whole = new PiecedStream(store, pieces, size);
            var (finding, found) = await intake.Look(dossier.Id, type, whole, null, ct);
            if (found is not null)
            {
                var kept = await intake.Take(dossier, name, type, FactsOf(said), found, whole, ct);
                db.Files.Add(kept);
                await db.Begin(ct);
                // It has it already: it is neither sent there nor fetched again.
                if (said.Id is { Length: > 0 and <= SentFile.LongestId })
                    await db.NoteSentFile(message.Partner, kept.Id.Value, said.Id, ct);
            }
            // What was found is saved with the message: malware stands in the audit trail.
            if (finding is not null)
                message.Park(ExchangeWorker.WordOf(finding));
            else
                message.Finish("fetched", clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }
        finally
        {
            await intake.Discard(upload);
        }

        Task<bool> Keep(UploadPiece piece, ReadOnlyMemory<byte> bytes)
        {
            pieces.Add(piece);
            return Task.FromResult(true);
        }
    }

    private async Task<Dossier> DossierOf(ExchangeMessage message, CancellationToken ct)
    {
        var id = message.DossierId;
        return await db.AllDossiers.FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFoundException("dossier");
    }

    private static FileFacts FactsOf(IncomingFile said) =>
        new(
            FileKind.Electronic,
            said.ComponentCode,
            null,
            said.FromStore ? NationalStore : null,
            said.FromStore ? said.Id : null,
            said.ReplacedResult,
            null
        );

    // By the ending of its name, since many servers declare no type; what it holds is looked at in any case. Without a name it has that of its component.
    private (FileType Type, string Name) Named(IncomingFile said, string? mediaType)
    {
        var type =
            types.All.FirstOrDefault(t => t.Extensions.Any(e => said.Name.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            ?? types.Declared(mediaType ?? "");
        return (type, type.NameFor(said.Name.Length > 0 ? said.Name : said.ComponentCode + type.Extensions[0]));
    }

    /// <summary>A stream that ends with a refusal once more comes than may.</summary>
    private sealed class LimitedStream(Stream inner, long most) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            _read += read;
            return _read <= most ? read : throw new BusinessRuleException(FileErrors.TooLarge.With(most));
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
