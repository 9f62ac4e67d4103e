namespace Pac.Identity.Mail;

/// <summary>A letter, ready to be sent.</summary>
/// <param name="To">Address.</param>
/// <param name="Name">Name of the person.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same as HTML.</param>
internal sealed record Letter(string To, string Name, string Subject, string Text, string Html);

/// <summary>Sends letters.</summary>
internal interface IMailSender
{
    /// <exception cref="MailNotSentException">It was not taken.</exception>
    Task Send(Letter letter, CancellationToken ct);
}

/// <summary>A letter was not taken.</summary>
/// <param name="code">Stable machine word; never an address.</param>
/// <param name="forGood">Whether trying again is of no use.</param>
internal sealed class MailNotSentException(string code, bool forGood, Exception? why = null) : Exception(code, why)
{
    public string Code { get; } = code;

    public bool ForGood { get; } = forGood;
}
