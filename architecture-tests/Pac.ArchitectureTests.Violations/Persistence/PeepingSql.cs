namespace Pac.Violations.Persistence;

// Rule 28: a join across schemas.
internal static class PeepingSql
{
    public const string Text = "SELECT t.name FROM elsewhere.things t";
}
