using Xunit.Sdk;
using Xunit.v3;

// What the generator keeps in memory is measured, so nothing else may run beside it.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Pac.CentreYear.Tests;

/// <summary>The rows, made once for all tests that only look at them.</summary>
internal static class Generated
{
    private static readonly Lazy<IReadOnlyList<DossierRow>> Made = new(() => [.. CentreYears.Rows()]);

    public static IReadOnlyList<DossierRow> Rows => Made.Value;
}
