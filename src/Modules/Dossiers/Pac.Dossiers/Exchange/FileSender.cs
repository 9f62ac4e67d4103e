using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Exchange;

/// <summary>Sends our files to a partner that wants them before the dossier that names them, each of them once.</summary>
internal sealed class FileSender(IServiceScopeFactory scopes, ExchangePartners partners)
{
    /// <summary>The dossier with the ids that the partner gave to its files; null with the answer when one of them was not taken.</summary>
    public async Task<(OutgoingDossier? Dossier, ExchangeAnswer Answer)> Send(
        ExchangePartner partner,
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
            await using var content = contents.Open(file.Sha256, file.Size);
            var (id, answer) = await receiver.Send(new(dossier.Code, file.Name, file.MediaType, file.Sha256, content), ct);
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
}
