namespace Pac.BuildingBlocks.Security;

/// <summary>How far a caller's sight reaches.</summary>
public enum DataScopeKind
{
    /// <summary>Only what is the caller's own.</summary>
    Own,

    /// <summary>One agency.</summary>
    Agency,

    /// <summary>One service centre.</summary>
    Centre,

    /// <summary>The whole province.</summary>
    Province,
}

/// <summary>Which data a caller may see; it filters item, list, search, export, statistics and events alike.</summary>
/// <param name="Kind">How far it reaches.</param>
/// <param name="Code">Code of the centre or agency, the subject for <see cref="DataScopeKind.Own"/>, empty for the province.</param>
public readonly record struct DataScope(DataScopeKind Kind, string Code)
{
    /// <summary>Sight over the whole province.</summary>
    public static readonly DataScope Province = new(DataScopeKind.Province, "");

    /// <summary>Reads the written form: <c>province</c>, <c>centre:66-22015</c>, <c>agency:H15.09</c>; all else is the subject's own.</summary>
    /// <param name="text">The written form.</param>
    /// <param name="subject">Whose scope it is.</param>
    public static DataScope Parse(string? text, string subject)
    {
        if (text == "province")
            return Province;
        if (text?.StartsWith("centre:", StringComparison.Ordinal) == true)
            return new(DataScopeKind.Centre, text[7..]);
        return text?.StartsWith("agency:", StringComparison.Ordinal) == true
            ? new(DataScopeKind.Agency, text[7..])
            : new(DataScopeKind.Own, subject);
    }

    /// <summary>The written form.</summary>
    public override string ToString() =>
        Kind switch
        {
            DataScopeKind.Province => "province",
            DataScopeKind.Centre => $"centre:{Code}",
            DataScopeKind.Agency => $"agency:{Code}",
            _ => "own",
        };
}
