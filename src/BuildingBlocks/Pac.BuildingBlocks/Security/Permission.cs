namespace Pac.BuildingBlocks.Security;

/// <summary>Something a user may do. Declared by the module it belongs to; roles are sets of permissions.</summary>
/// <param name="Name">Stable name, <c>module.verb</c>, such as <c>dossiers.receive</c>.</param>
/// <param name="ReadOnly">Whether it changes nothing, so that the <c>.read</c> half of the module's OAuth scope suffices.</param>
/// <param name="Vietnamese">What it allows, in Vietnamese.</param>
/// <param name="English">What it allows, in English.</param>
public sealed record Permission(string Name, bool ReadOnly, string Vietnamese, string English)
{
    /// <summary>The OAuth scope that covers it fully: the module's name.</summary>
    public string Scope { get; } = Name[..Name.IndexOf('.', StringComparison.Ordinal)];
}
