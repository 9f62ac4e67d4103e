namespace Pac.Dossiers.Domain;

/// <summary>A field (lĩnh vực) of procedures.</summary>
internal sealed class Field
{
    private Field() { }

    public Field(string code, string name, string nameEn) => (Code, Name, NameEn) = (code, name, nameEn);

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";
}

/// <summary>An agency that decides on dossiers. Its code begins the dossier code.</summary>
internal sealed class Agency
{
    private Agency() { }

    public Agency(string code, string name, string nameEn, AgencyLevel level, bool toBeConfirmed) =>
        (Code, Name, NameEn, Level, ToBeConfirmed) = (code, name, nameEn, level, toBeConfirmed);

    /// <summary>Code by Decision 20/2020/QD-TTg, such as <c>H15.09</c>.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public AgencyLevel Level { get; private set; }

    /// <summary>Whether the operator has to confirm the code.</summary>
    public bool ToBeConfirmed { get; private set; }
}
