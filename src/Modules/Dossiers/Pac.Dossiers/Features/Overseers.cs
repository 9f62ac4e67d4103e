using MediatR;
using Pac.Dossiers.Domain;
using Pac.Identity.Contracts;

namespace Pac.Dossiers.Features;

/// <summary>Asks the identity module who oversees units and centres.</summary>
internal sealed class Overseers(ISender sender) : IOverseers
{
    public async Task<Overseeing> Of(IReadOnlyList<Dossier> dossiers, IEnumerable<string> asked, CancellationToken ct)
    {
        List<string> scopes = [.. dossiers.SelectMany(Overseeing.ScopesOf).Concat(asked.Select(Overseeing.AgencyScope)).Distinct()];
        var holders = await sender.Send(new GetRightHolders(DossiersPermissions.Oversee.Name, [], scopes), ct);
        return new(holders.OrderBy(h => h.Subject, StringComparer.Ordinal).ToLookup(h => h.Scope, h => h.Subject));
    }
}
