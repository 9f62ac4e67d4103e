using Microsoft.AspNetCore.Identity;

namespace Pac.Identity.Domain;

/// <summary>Somebody who signs in. Sign-in itself (password, lock-out, second factors) is ASP.NET Core Identity's.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    /// <summary>A user who has left keeps the record and loses every access.</summary>
    public bool Disabled { get; set; }
}

/// <summary>A set of permissions under a name of the field.</summary>
internal sealed class Role : IdentityRole<Guid>
{
    public string Vietnamese { get; set; } = "";

    public string English { get; set; } = "";

    public List<RolePermission> Permissions { get; } = [];
}

internal sealed class RolePermission
{
    public Guid RoleId { get; set; }

    public string Permission { get; set; } = "";
}

/// <summary>That a user holds a role, over which data, and until when.</summary>
internal sealed class RoleAssignment : IdentityUserRole<Guid>
{
    /// <summary>Data scope in written form: <c>province</c>, <c>centre:…</c>, <c>agency:…</c>, <c>own</c>.</summary>
    public string Scope { get; set; } = "own";

    /// <summary>Last day; null while open-ended.</summary>
    public DateOnly? EndsOn { get; set; }
}

/// <summary>That an application acts in a role of its own, over which data.</summary>
internal sealed class ClientGrant
{
    public string ClientId { get; set; } = "";

    public Guid RoleId { get; set; }

    public string Scope { get; set; } = "own";
}

/// <summary>A signing or encryption key, wrapped by Data Protection.</summary>
internal sealed class ServerKey
{
    public Guid Id { get; set; }

    /// <summary><c>sig</c> or <c>enc</c>.</summary>
    public string Use { get; set; } = "";

    public string Wrapped { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}
