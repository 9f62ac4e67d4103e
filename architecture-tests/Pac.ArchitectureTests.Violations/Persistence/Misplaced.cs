namespace Pac.Violations.Domain.Elsewhere;

// Rule 44: lies in another folder than its namespace says.
internal sealed class Misplaced;
