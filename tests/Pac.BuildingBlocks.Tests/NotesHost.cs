using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Tests;
using Pac.BuildingBlocks.Tests.Notes;
using Pac.Testing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(NotesHost))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Pac.BuildingBlocks.Tests;

/// <summary>A module made for these tests: it shows what every endpoint of the product gets without a word of its own.</summary>
public sealed class NotesHost() : ModuleFixture(() => Start(_ => { }))
{
    /// <summary>A host of its own for a test that needs another configuration.</summary>
    internal static Task<ModuleHost> Start(Action<ModuleHostOptions> configure) =>
        ModuleHost.Start(
            new NotesModule(),
            o =>
            {
                o.Add(s => s.AddSingleton<Gate>().AddSingleton<Behaviour>());
                configure(o);
            }
        );
}
