using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Account;

namespace Pac.Identity.Mail;

/// <summary>Which way letters leave: a mail server where one is named, files in the sandbox, and otherwise not at all.</summary>
internal static class MailSetup
{
    public static void AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<AccountTokens>();
        if (configuration["Mail:Smtp:Host"] is { Length: > 0 })
            services.AddSingleton<IMailSender, SmtpMail>();
        else if (configuration["Pac:Sandbox"] == "true")
            services.AddSingleton<IMailSender, FolderMail>();
        else
            services.AddSingleton<IMailSender, NoMail>();
    }

    /// <summary>Letters wait until a server is named.</summary>
    private sealed class NoMail : IMailSender
    {
        public Task Send(Letter letter, CancellationToken ct) =>
            throw new MailNotSentException("identity.mail-not-configured", forGood: false);
    }
}
