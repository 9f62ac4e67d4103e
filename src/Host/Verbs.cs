using System.Globalization;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Persistence;
using Pac.Host.OpenApi;

namespace Pac.Host;

/// <summary>Acts of an operator on the command line: <c>migrate</c>, <c>seed</c>, <c>replay</c>, <c>verify [module=number:hash …]</c>, <c>openapi [file]</c>. Without one, the host serves.</summary>
internal static class Verbs
{
    private const string Usage =
        "PAC knows the verbs migrate, seed, replay, verify [module=number:hash ...] and openapi [file]; without a verb it serves.";

    /// <summary>Whether the verb needs no database.</summary>
    public static bool IsOffline(string[] args) => args is ["openapi", ..];

    /// <summary>Writes the OpenAPI document of version 1 to a file, or to the standard output.</summary>
    public static async Task<int> WriteDocument(WebApplicationBuilder builder, string[] args)
    {
        var text = await Document(builder);
        if (args is [_, var file, ..])
            await File.WriteAllTextAsync(file, text);
        else
            await Console.Out.WriteAsync(text);
        return 0;
    }

    /// <summary>The document of a host that is composed, but never started.</summary>
    public static async Task<string> Document(WebApplicationBuilder builder)
    {
        builder.AddPacHost("Host=localhost");
        await using var app = builder.Build();
        app.UsePacHost();
        return ApiDocument.Generate(app);
    }

    /// <summary>Does the verb, if one is given. Null when the host is to serve.</summary>
    public static async Task<int?> Run(WebApplication app, string[] args)
    {
        if (args.FirstOrDefault() is not { } verb || verb.StartsWith('-'))
            return null;
        switch (verb)
        {
            case "migrate":
            case "seed":
                await Database.MigrateAndSeed(app.Services, app.Environment.IsDevelopment());
                return 0;
            case "replay":
                await Replay(app.Services);
                return 0;
            case "verify":
                return await Verify(app.Services, args[1..]);
            default:
                return await RunModules(app.Services, verb, args[1..]);
        }
    }

    // Modules bring verbs of their own.
    private static async Task<int> RunModules(IServiceProvider services, string verb, string[] args)
    {
        await using var scope = services.CreateAsyncScope();
        var verbs = scope.ServiceProvider.GetServices<IVerb>().ToList();
        if (verbs.Find(v => v.Name == verb) is { } found && await found.Run(args, CancellationToken.None) is { } said)
        {
            Console.WriteLine(said);
            return 0;
        }
        var more = string.Concat(verbs.Select(v => $" Modules add: {v.Name} {v.Parameters}".TrimEnd() + "."));
        await Console.Error.WriteLineAsync(Usage + more);
        return 2;
    }

    // Facts that were parked after ten failed deliveries go back in line.
    private static async Task Replay(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var module in services.GetServices<ModuleContext>())
        {
            var count = await module.Resolve(scope.ServiceProvider).RedriveOutbox(CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{module.Module.Name}: {count} parked facts back in line"));
        }
    }

    // Walks the chain of every module's audit trail. A head written down at an earlier check may be given: a trail that was cut off since does not lead to it.
    private static async Task<int> Verify(IServiceProvider services, string[] heads)
    {
        var holds = true;
        await using var scope = services.CreateAsyncScope();
        foreach (var module in services.GetServices<ModuleContext>())
        {
            var db = module.Resolve(scope.ServiceProvider);
            var name = module.Module.Name;
            var check = await db.CheckAudit(
                name,
                heads.FirstOrDefault(h => h.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..],
                CancellationToken.None
            );
            holds &= check.Broken is null;
            Console.WriteLine(
                $"{name}: {check.Sealed} entries sealed, {check.Unsealed} waiting, head {check.Head}: {check.Broken ?? "the chain holds"}"
            );
        }
        return holds ? 0 : 1;
    }
}
