using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <content>Who has to do with a dossier, and in which part.</content>
internal sealed partial class Dossier
{
    /// <summary>By which whoever's affair it is, is found: its owner, else the applicant. Null when nobody knows the number.</summary>
    public byte[]? AffairOf => Parties?.Owner is { } owner ? owner.IdentityNumber?.Index : Applicant.IdentityIndex;

    /// <summary>In which part somebody is found in it; null when in none.</summary>
    public PersonPart? PartOf(byte[] identityIndex) =>
        Same(Applicant.IdentityIndex, identityIndex) ? PersonPart.Applicant
        : Same(Parties?.Owner?.IdentityNumber?.Index, identityIndex) ? PersonPart.Owner
        : Same(Parties?.Representative?.IdentityNumber?.Index, identityIndex) ? PersonPart.Representative
        : null;

    /// <summary>Records what a person decided about another dossier of the same procedure and of somebody who applies here or whose affair this is.</summary>
    public void JudgeDuplicate(Dossier other, bool same, string reason, string by, DateTimeOffset now)
    {
        if (other.Id == Id)
            throw new BusinessRuleException(PeopleErrors.SameDossier.At("/otherId"));
        if (ProcedureCode != other.ProcedureCode || !IsAlike(other))
            throw new BusinessRuleException(PeopleErrors.OtherPerson.At("/otherId"));
        DuplicateVerdicts =
        [
            .. (DuplicateVerdicts ?? []).Where(v => v.OtherId != other.Id.Value),
            new(other.Id.Value, same, reason, by, now),
        ];
        Raise(new DuplicateWasJudged(this, other.Code, same, by, now));
    }

    // Whoever applies here or whose affair this is, applies there or it is his affair. Who acts for many is no sign of anything.
    private bool IsAlike(Dossier other)
    {
        byte[]?[] here = [Applicant.IdentityIndex, Parties?.Owner?.IdentityNumber?.Index];
        return here.OfType<byte[]>().Any(h => other.PartOf(h) is PersonPart.Applicant or PersonPart.Owner);
    }

    private static bool Same(byte[]? one, byte[] other) => one is not null && one.AsSpan().SequenceEqual(other);
}
