using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Exchange;

/// <summary>Sends our files to a partner that wants them before the dossier that names them, each of them once.</summary>
internal sealed class FileSender(IServiceScopeFactory scopes, ExchangePartners partners, ExchangeSettings settings)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>The dossier with the ids that the partner gave to its files; null with the answer when one of them was not taken.</summary>
    public async Task<(OutgoingDossier? Dossier, ExchangeAnswer Answer)> Send(
        ExchangePartner partner,
        ExchangeMessage message,
        OutgoingDossier dossier,
        IReadOnlyList<DossierFile> files,
        CancellationToken ct
    )
    {
        if (partners[partner] is not IFileReceiver { TakesFiles: true } receiver || files.Count == 0)
            return (dossier, ExchangeAnswer.Ok);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        var contents = scope.ServiceProvider.GetRequiredService<IStoredContent>();
        var theirs = await db.SentFiles(partner, [.. files.Select(f => f.Id.Value)], ct);
        foreach (var file in files.Where(f => !theirs.ContainsKey(f.Id.Value)))
        {
            // A large file takes longer than a message may; meanwhile no other host takes it up.
            if (!await db.HoldOutbound(message, settings.FileTimeout + Margin, ct))
                return (null, ExchangeAnswer.Away("overtaken"));
            var (id, answer) = await Send(receiver, contents, dossier.Code, file, ct);
            if (id is null)
                return (null, answer);
            await db.NoteSentFile(partner, file.Id.Value, id, ct);
            theirs[file.Id.Value] = id;
        }
        return (
            dossier with
            {
                Documents = [.. dossier.Documents.Select(d => d with { File = d.File is { } f ? f with { TheirId = Their(f.Id) } : null })],
                Results = [.. dossier.Results.Select(r => r with { TheirId = Their(r.Id) })],
            },
            ExchangeAnswer.Ok
        );

        string? Their(string id) => theirs.GetValueOrDefault(Guid.Parse(id));
    }

    // A file that our store cannot give now holds up its own dossier and no other.
    private static async Task<(string? TheirId, ExchangeAnswer Answer)> Send(
        IFileReceiver receiver,
        IStoredContent contents,
        string dossierCode,
        DossierFile file,
        CancellationToken ct
    )
    {
        try
        {
            await using var content = contents.Open(file.Sha256, file.Size);
            return await receiver.Send(new(dossierCode, file.Name, file.MediaType, file.Sha256, content), ct);
        }
        catch (BusinessRuleException e)
        {
            return (null, ExchangeAnswer.Away(ExchangeWorker.WordOf(e.Error)));
        }
    }
}
