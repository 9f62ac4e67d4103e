using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>In which part somebody has to do with a dossier.</summary>
internal enum PersonPart
{
    /// <summary>Who applies (người nộp).</summary>
    Applicant,

    /// <summary>Whose affair it is (chủ hồ sơ).</summary>
    Owner,

    /// <summary>Who acts for the applicant (người được ủy quyền).</summary>
    Representative,
}

/// <summary>
/// An owner or a representative as they are looked for; what is known of them lies with the dossier. Written with it and erased with it. The
/// applicant is found in the dossier itself, so that most dossiers have no row here.
/// </summary>
internal sealed class DossierPerson
{
    private DossierPerson() { }

    public DossierId DossierId { get; private set; }

    public PersonPart Part { get; private set; }

    /// <summary>By which the identity number is found; null when it is not known.</summary>
    public byte[]? IdentityIndex { get; private set; }

    /// <summary>The name as it is searched for: lower case, without diacritics.</summary>
    public string Search { get; private set; } = "";

    /// <summary>Those who have a part in a dossier beside its applicant.</summary>
    public static IEnumerable<DossierPerson> Of(Dossier dossier)
    {
        if (dossier.Parties?.Owner is { } owner)
            yield return Of(dossier.Id, PersonPart.Owner, owner);
        if (dossier.Parties?.Representative is { } representative)
            yield return Of(dossier.Id, PersonPart.Representative, representative);
    }

    private static DossierPerson Of(DossierId dossier, PersonPart part, Party party) =>
        new()
        {
            DossierId = dossier,
            Part = part,
            IdentityIndex = party.IdentityNumber?.Index,
            Search = Folded.Of(party.Name),
        };
}
