using System.Globalization;
using Pac.BuildingBlocks;

namespace Pac.Identity.Protocol;

/// <summary><c>rotate-keys</c> announces new keys and uses them a day later; <c>rotate-keys now</c> uses them as soon as every host knows them.</summary>
internal sealed class RotateKeysVerb(ServerKeys keys) : IVerb
{
    public string Name => "rotate-keys";

    public string Parameters => "[now]";

    public Task<string?> Run(IReadOnlyList<string> args, CancellationToken ct)
    {
        if (args is not ([] or ["now"]))
            return Task.FromResult<string?>(null);
        var lines = keys.Rotate(atOnce: args.Count == 1)
            .GroupBy(k => k.Use)
            .Select(g => g.MaxBy(k => k.ActiveFrom)!)
            .Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Use}-{k.Id:N} is used from {k.ActiveFrom:O}"));
        return Task.FromResult<string?>(string.Join(Environment.NewLine, lines));
    }
}
