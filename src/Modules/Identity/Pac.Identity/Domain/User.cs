using Microsoft.AspNetCore.Identity;
using Pac.SharedKernel;

namespace Pac.Identity.Domain;

/// <summary>Somebody who signs in. Sign-in itself (password, lock-out, second factors) is ASP.NET Core Identity's.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    /// <summary>A user who has left keeps the record and loses every access.</summary>
    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>An address that waits for its confirmation; letters go to the old one until then.</summary>
    public string? PendingEmail { get; set; }

    /// <summary>Last act of administration on this account; moves its version.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>What a search looks through: name, user name and e-mail address without diacritics.</summary>
    public string Search { get; private set; } = "";

    public List<RoleAssignment> Assignments { get; } = [];

    public uint Version { get; set; }

    public void Describe(string displayName, string? email, string? phone, DateTimeOffset now)
    {
        DisplayName = displayName.Trim();
        if (!string.Equals(Email, email, StringComparison.OrdinalIgnoreCase))
            (Email, NormalizedEmail, EmailConfirmed, PendingEmail) = (email, email?.ToUpperInvariant(), false, null);
        PhoneNumber = phone;
        Touch(now);
    }

    /// <summary>A new stamp ends what was made under the old one: sessions, links in mails, remembered devices.</summary>
    public static string NewStamp() => Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20));

    /// <summary>Marks an act of administration and keeps the search text in step.</summary>
    public void Touch(DateTimeOffset now)
    {
        ChangedAt = now;
        Search = Folded.Of($"{DisplayName} {UserName} {Email}");
    }
}

/// <summary>A set of permissions under a name of the field.</summary>
internal sealed class Role
{
    public Guid Id { get; init; }

    /// <summary>Stable code, such as <c>ReceptionOfficer</c>.</summary>
    public string Name { get; set; } = "";

    public string Vietnamese { get; set; } = "";

    public string English { get; set; } = "";

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Permissions that a seed run has given once. What an administrator took away is not given again.</summary>
    public List<string> Offered { get; set; } = [];

    public List<RolePermission> Permissions { get; } = [];

    public uint Version { get; set; }
}

internal sealed class RolePermission
{
    public Guid RoleId { get; set; }

    public string Permission { get; set; } = "";
}

/// <summary>That a user holds a role, over which data, and from when until when.</summary>
internal sealed class RoleAssignment
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public Guid RoleId { get; init; }

    /// <summary>Data scope in written form: <c>province</c>, <c>centre:…</c>, <c>agency:…</c>, <c>own</c>.</summary>
    public string Scope { get; set; } = "own";

    /// <summary>First day; null from ever.</summary>
    public DateOnly? StartsOn { get; set; }

    /// <summary>Last day; null while open-ended.</summary>
    public DateOnly? EndsOn { get; set; }

    public bool HoldsOn(DateOnly day) => (StartsOn ?? day) <= day && (EndsOn ?? day) >= day;

    public bool Overlaps(DateOnly? startsOn, DateOnly? endsOn) =>
        (StartsOn is null || endsOn is null || StartsOn <= endsOn) && (EndsOn is null || startsOn is null || EndsOn >= startsOn);
}

/// <summary>That an application acts in a role of its own, over which data.</summary>
internal sealed class ClientGrant
{
    public string ClientId { get; set; } = "";

    public Guid RoleId { get; set; }

    public string Scope { get; set; } = "own";
}

/// <summary>
/// A signing or encryption key, wrapped by Data Protection. It is announced until its first day of use, then in use until the next one is,
/// and afterwards kept for reading until the longest-lived thing made with it has ended.
/// </summary>
internal sealed class ServerKey
{
    public Guid Id { get; set; }

    /// <summary><c>sig</c> or <c>enc</c>.</summary>
    public string Use { get; set; } = "";

    public string Wrapped { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>From when on it is used; until then it is only announced.</summary>
    public DateTimeOffset ActiveFrom { get; set; }
}
