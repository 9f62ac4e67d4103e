using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Mail;
using Pac.Identity.Account;

namespace Pac.Identity.Mail;

/// <summary>What the letters of this module need.</summary>
internal static class MailSetup
{
    public static void AddLetters(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMail(configuration);
        services.AddSingleton<AccountTokens>();
    }
}
