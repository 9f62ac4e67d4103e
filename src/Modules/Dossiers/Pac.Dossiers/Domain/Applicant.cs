using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>An identity number as it is kept: nobody reads it in the database, and nobody writes it there in plain by mistake.</summary>
/// <param name="Masked">What lists show: the middle hidden.</param>
/// <param name="Sealed">The number itself, encrypted.</param>
/// <param name="Index">A keyed hash; the same number has the same one, and nothing leads back from it.</param>
internal sealed record SealedNumber(string Masked, byte[] Sealed, byte[] Index);

/// <summary>Who applies (người nộp). Personal data: never logged, masked in lists.</summary>
internal sealed record Applicant
{
    private Applicant() { }

    /// <summary>What kind of applicant.</summary>
    public ApplicantKind Kind { get; private init; }

    /// <summary>Full name, or name of the organisation.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The name as it is searched for: lower case, without diacritics. Null only in rows of an earlier version.</summary>
    public string? Search { get; private init; }

    /// <summary>12-digit personal number, 9-digit old card or tax code, its middle hidden; null when not known.</summary>
    public string? IdentityNumber { get; private init; }

    /// <summary>The identity number encrypted.</summary>
    public byte[]? IdentitySealed { get; private init; }

    /// <summary>By which the identity number is found.</summary>
    public byte[]? IdentityIndex { get; private init; }

    public string? Phone { get; private init; }

    public string? Email { get; private init; }

    public string? Address { get; private init; }

    /// <summary>Whether both have the same identity number; somebody without one is nobody else.</summary>
    public bool IsSamePersonAs(Applicant other) =>
        IdentityIndex is { } index && other.IdentityIndex is { } others && index.AsSpan().SequenceEqual(others);

    public static Applicant Of(ApplicantKind kind, string name, SealedNumber? number, string? phone, string? email, string? address) =>
        new()
        {
            Kind = kind,
            Name = name,
            Search = Folded.Of(name),
            IdentityNumber = number?.Masked,
            IdentitySealed = number?.Sealed,
            IdentityIndex = number?.Index,
            Phone = phone,
            Email = email,
            Address = address,
        };
}

/// <summary>Somebody else who has a part in a dossier: its owner when another one applies, or who acts for him.</summary>
/// <param name="Kind">What kind of person or body.</param>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="IdentityNumber">The identity number, sealed; null when not known.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Address">Postal address.</param>
internal sealed record Party(ApplicantKind Kind, string Name, SealedNumber? IdentityNumber, string? Phone, string? Address);

/// <summary>By what somebody may act for another (văn bản ủy quyền, Civil Code 2015 art. 562).</summary>
/// <param name="Number">Number of the document, or of its notarial act.</param>
/// <param name="Date">Its date.</param>
/// <param name="ValidUntil">Last day it is valid; null when it states none.</param>
internal sealed record Authorisation(string Number, DateOnly Date, DateOnly? ValidUntil);

/// <summary>In what capacity somebody files for another person without an authorisation (tư cách nộp thay).</summary>
internal enum Capacity
{
    /// <summary>Father or mother of a minor (cha, mẹ).</summary>
    Parent,

    /// <summary>Guardian (người giám hộ).</summary>
    Guardian,

    /// <summary>Representative by law or by decision of a court (người đại diện theo pháp luật).</summary>
    LegalRepresentative,

    /// <summary>A relative whom the law of the procedure lets file, as for births and deaths (người thân thích).</summary>
    Relative,
}

/// <summary>Who else has a part in a dossier. Personal data.</summary>
/// <param name="Owner">Whose affair it is (chủ hồ sơ), when it is not the applicant's own.</param>
/// <param name="Representative">Who acts for the applicant (người được ủy quyền).</param>
/// <param name="Authorisation">By what the representative, or the applicant for the owner, may act.</param>
/// <param name="Capacity">In what capacity the applicant files for the owner, where no authorisation is needed.</param>
internal sealed record Parties(Party? Owner, Party? Representative, Authorisation? Authorisation, Capacity? Capacity = null);

/// <summary>What a person decided about two dossiers that look alike.</summary>
/// <param name="OtherId">The other dossier.</param>
/// <param name="Same">Whether both are the same request.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Subject of who decided.</param>
/// <param name="At">When.</param>
internal sealed record DuplicateVerdict(Guid OtherId, bool Same, string Reason, string By, DateTimeOffset At);
