using System.Runtime.CompilerServices;

namespace Pac.EmbeddedPostgres.Tests;

/// <summary>This program started a second time, as the owner of a server that a test then kills.</summary>
internal static class Owner
{
    public const string Variable = "PAC_TEST_OWNER_OF";

#pragma warning disable CA2255 // The test program has no entry point of its own to ask before.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } folder)
            return;
        var options = new EmbeddedPostgresOptions { DataRoot = folder, FastUnsafe = false };
        var server = EmbeddedServer.Start(options, CancellationToken.None).GetAwaiter().GetResult();
        Console.Out.WriteLine(server.ConnectionString);
        Console.Out.Flush();
        Task.Delay(TimeSpan.FromMinutes(2)).GetAwaiter().GetResult();
        Environment.Exit(0);
    }
}
