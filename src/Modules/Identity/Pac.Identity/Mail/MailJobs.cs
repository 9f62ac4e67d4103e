using System.Text.Json;
using Pac.BuildingBlocks.Jobs;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Mail;

/// <summary>What a letter is about.</summary>
internal enum MailKind
{
    Invitation,
    ConfirmAddress,
    ResetPassword,
    PasswordChanged,
    SecondFactorAdded,
    SecondFactorRemoved,
    NewDevice,
}

/// <summary>A letter that is to be written and sent.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="UserId">To whom.</param>
/// <param name="Asked">Instead of the user: the encrypted name that somebody typed who forgot the password; it may be nobody's.</param>
internal sealed record MailOrder(MailKind Kind, Guid? UserId, string? Asked = null);

/// <summary>Orders letters. An order is a job in the transaction of its cause, so there is no letter without it and none is lost.</summary>
internal static class MailJobs
{
    public const string Kind = "send-mail";

    /// <summary>Orders a letter; it is written and sent once the changes of the context are committed.</summary>
    public static void Queue(IdentityStore db, User user, MailKind kind) => Queue(db, new MailOrder(kind, user.Id));

    public static void Queue(IdentityStore db, MailOrder order) =>
        db.Jobs.Add(Job.Queue(Kind, JsonSerializer.Serialize(order, JsonSerializerOptions.Web), null, "system", "own", db.Now));
}
