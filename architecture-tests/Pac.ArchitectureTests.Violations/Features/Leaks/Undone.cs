namespace Pac.Violations.Features.Leaks;

// Rule 45.
internal static class Undone
{
    // TODO: everything
    public static void Later() => throw new NotImplementedException();
}
