using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Configuration;

namespace Pac.BuildingBlocks.Mail;

/// <summary>Sends letters through a mail server. One connection per letter: letters are few.</summary>
/// <param name="configuration">Names the server under <c>Mail:Smtp</c>.</param>
/// <param name="clock">The clock.</param>
public sealed class SmtpMail(IConfiguration configuration, TimeProvider clock) : IMailSender
{
    // A server that does not answer in time is away; the letter waits and is tried again.
    private readonly int _timeout = 1_000 * (int.TryParse(configuration["Mail:Smtp:TimeoutSeconds"], out var s) && s > 0 ? s : 15);

    /// <inheritdoc />
    public bool IsConfigured => true;

    /// <inheritdoc />
    public async Task Send(Letter letter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var from = configuration["Mail:From"] ?? throw new MailNotSentException("mail.from-missing", forGood: true);
        using var message = Envelope.Of(letter, from, configuration["Mail:FromName"] ?? "PAC", clock.GetUtcNow());
        // The certificate is checked against the authorities of the machine. Lists of revoked ones are out of reach in a closed network, and an
        // answer that does not come would hold every letter back.
        using var client = new SmtpClient { Timeout = _timeout, CheckCertificateRevocation = false };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_timeout * 2);
        try
        {
            await client.ConnectAsync(configuration["Mail:Smtp:Host"]!, Port(), Security(), limit.Token);
            if (configuration["Mail:Smtp:User"] is { Length: > 0 } user)
                await client.AuthenticateAsync(user, configuration["Mail:Smtp:Password"] ?? "", limit.Token);
            await client.SendAsync(message, limit.Token);
        }
        catch (SmtpCommandException e)
        {
            // RFC 5321, 4.2.1: an answer of the fifties is meant for good, one of the forties for now.
            throw new MailNotSentException("mail.refused", (int)e.StatusCode >= 500, e);
        }
        catch (Exception e)
            when (e
                    is ProtocolException
                        or IOException
                        or SocketException
                        or AuthenticationException
                        or SslHandshakeException
                        or NotSupportedException
                        or TimeoutException
                || e is OperationCanceledException && !ct.IsCancellationRequested
            )
        {
            throw new MailNotSentException("mail.server-away", forGood: false, e);
        }
        await Leave(client, limit.Token);
    }

    // The letter is accepted by now: what goes wrong with the goodbye must not send it a second time.
    private static async Task Leave(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception e)
            when (e
                    is SmtpCommandException
                        or ProtocolException
                        or IOException
                        or SocketException
                        or TimeoutException
                        or OperationCanceledException
            ) { }
    }

    private int Port() => int.TryParse(configuration["Mail:Smtp:Port"], out var port) ? port : 587;

    // Encryption is left off only when the operator says so, as for a relay on the same machine.
    private SecureSocketOptions Security() =>
        configuration["Mail:Smtp:Tls"] switch
        {
            "implicit" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
}
