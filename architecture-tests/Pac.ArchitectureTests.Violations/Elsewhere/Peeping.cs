using Pac.Violations.Persistence;

namespace Pac.Elsewhere.Features;

// Rule 31: the context of another module.
internal sealed class Peeping(LeakyContext db)
{
    public string Kind => db.GetType().Name;
}
