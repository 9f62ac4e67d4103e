namespace Pac.BuildingBlocks.Mail;

/// <summary>A letter, ready to be sent.</summary>
/// <param name="To">Address.</param>
/// <param name="Name">Name of the person.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same as HTML.</param>
/// <param name="Key">The same letter sent again has the same key, so that a mailbox can tell; a new one every time when null.</param>
public sealed record Letter(string To, string Name, string Subject, string Text, string Html, string? Key = null);

/// <summary>Sends letters.</summary>
public interface IMailSender
{
    /// <summary>Whether there is a way for letters at all.</summary>
    bool IsConfigured { get; }

    /// <summary>Sends a letter.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="MailNotSentException">It was not taken.</exception>
    Task Send(Letter letter, CancellationToken ct);
}

/// <summary>A letter was not taken.</summary>
/// <param name="code">Stable machine word; never an address.</param>
/// <param name="forGood">Whether trying again is of no use.</param>
/// <param name="why">What went wrong.</param>
public sealed class MailNotSentException(string code, bool forGood, Exception? why = null) : Exception(code, why)
{
    /// <summary>Stable machine word.</summary>
    public string Code { get; } = code;

    /// <summary>Whether trying again is of no use.</summary>
    public bool ForGood { get; } = forGood;
}
