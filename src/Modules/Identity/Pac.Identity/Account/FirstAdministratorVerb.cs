using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Mail;
using Pac.Identity.Features.Users;
using Pac.Identity.Persistence;

namespace Pac.Identity.Account;

/// <summary>
/// <c>first-administrator h.nguyen h.nguyen@example.vn</c> makes the account from which all others are made, and prints the link with which its owner
/// sets his password. It does so only while nobody can give rights: on a new database, or when the last who could is lost.
/// </summary>
internal sealed class FirstAdministratorVerb(IdentityStore db, AccountTokens tokens, OwnAddress address) : IVerb
{
    public string Name => "first-administrator";

    public string Parameters => "user-name e-mail-address";

    public async Task<string?> Run(IReadOnlyList<string> args, CancellationToken ct)
    {
        if (args is not [var name, var email])
            return null;
        var wanted = new CreateUser(name, name, email);
        if (!(await new CreateUserValidator().ValidateAsync(wanted, ct)).IsValid || !Credentials.IsAddress(email))
            return null;
        db.User.Act = Name;
        await using var transaction = await db.OwnTransaction(ct);
        await db.LockRights(ct);
        if ((await db.AdministeredFor(ct)).Count > 0)
            return "There is an administrator already; he makes the other accounts.";
        if (await db.IsTaken(name.ToUpperInvariant(), ct))
            return "This user name is taken.";
        var user = CreateUserHandler.Make(db, db.Now, wanted);
        var role = await db.Roles.SingleAsync(r => r.Name == "SystemAdmin", ct);
        db.Add(
            new Domain.RoleAssignment
            {
                Id = Guid.CreateVersion7(db.Now),
                UserId = user.Id,
                RoleId = role.Id,
                Scope = "province",
            }
        );
        db.Note("Assignment", user.Id.ToString(), Changes.Between(null, new { Role = role.Name, Scope = "province" }));
        await db.SaveChangesAsync(ct);
        await transaction.Commit(ct);
        return $"Set the password within four days: {address.Find()}/invitation?token={tokens.Make(user, TokenUse.Invitation)}";
    }
}
