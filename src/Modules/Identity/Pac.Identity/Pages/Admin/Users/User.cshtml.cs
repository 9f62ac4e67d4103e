using Microsoft.AspNetCore.Mvc;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin.Users;

/// <summary>Pages about one user.</summary>
internal abstract class OneUser : AdminPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public UserView Person { get; private set; } = null!;

    public string Address => $"/admin/users/{Id}";

    /// <summary>Whether it is the administrator himself, who changes nothing about his own rights.</summary>
    public bool IsSelf => Id.ToString() == Me.Caller.Subject;

    /// <summary>Reads the user as he is now; the form is meant for that state unless it was shown for an older one.</summary>
    protected async Task Read()
    {
        var found = await Ask(new GetUser(Id));
        Person = found.Item;
        if (Version == 0)
            Version = found.Version;
    }
}

/// <summary>One user: who he is, what he may, where he is signed in.</summary>
[Door("identity.read")]
internal sealed class UserModel : OneUser
{
    public IReadOnlyList<UserSessionView> Sessions { get; private set; } = [];

    public List<(AssignmentView View, string Role, string Scope)> Roles { get; } = [];

    public async Task OnGet()
    {
        await Read();
        Title = T("Người dùng: ", "User: ") + Person.DisplayName;
        foreach (var a in Person.Assignments)
            Roles.Add((a, await Directory.Role(a.Role, Cancel), await Directory.Scope(a.Scope, Cancel)));
        if (MayManageUsers)
            Sessions = await Ask(new ListUserSessions(Id));
    }
}
