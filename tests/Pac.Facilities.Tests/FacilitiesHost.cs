using Pac.Facilities.Tests;
using Pac.Testing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(FacilitiesHost))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Pac.Facilities.Tests;

/// <summary>The facilities module alone, with its reference data: the provincial centre, one ward and their calendar.</summary>
public sealed class FacilitiesHost() : ModuleFixture(() => ModuleHost.Start(new FacilitiesModule()));
