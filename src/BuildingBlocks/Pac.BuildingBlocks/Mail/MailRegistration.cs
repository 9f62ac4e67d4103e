using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Pac.BuildingBlocks.Mail;

/// <summary>Which way letters leave: a mail server where one is named, files in the sandbox, and otherwise not at all.</summary>
public static class MailRegistration
{
    /// <summary>Registers the way of letters, once for all modules that write any.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Names the server.</param>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton<OwnAddress>();
        if (configuration["Mail:Smtp:Host"] is { Length: > 0 })
            services.TryAddSingleton<IMailSender, SmtpMail>();
        else if (configuration["Pac:Sandbox"] == "true")
            services.TryAddSingleton<IMailSender, FolderMail>();
        else
            services.TryAddSingleton<IMailSender, NoMail>();
        return services;
    }

    /// <summary>Letters wait until a server is named.</summary>
    private sealed class NoMail : IMailSender
    {
        public bool IsConfigured => false;

        public Task Send(Letter letter, CancellationToken ct) => throw new MailNotSentException("mail.not-configured", forGood: false);
    }
}
