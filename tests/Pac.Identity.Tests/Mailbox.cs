using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Pac.BuildingBlocks.Mail;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>The folder that the sandbox's letters fall into.</summary>
internal static partial class Mailbox
{
    /// <summary>Delivers what is due and gives the letters to one address, oldest first.</summary>
    public static async Task<IReadOnlyList<MimeMessage>> Letters(this ModuleHost host, string to)
    {
        await host.RunJobs();
        var folder = Folder(host);
        List<MimeMessage> letters = [];
        foreach (var file in Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal))
        {
            var letter = await MimeMessage.LoadAsync(file);
            if (letter.To.Mailboxes.Single().Address == to)
                letters.Add(letter);
        }
        return letters;
    }

    /// <summary>The path and query of the link in the last letter to an address.</summary>
    public static async Task<string> Link(this ModuleHost host, string to)
    {
        var link = Address().Match((await host.Letters(to))[^1].TextBody!).Value;
        Assert.StartsWith(host.Address.AbsoluteUri, link, StringComparison.Ordinal);
        return new Uri(link).PathAndQuery;
    }

    private static string Folder(ModuleHost host) => ((FolderMail)host.Services.GetRequiredService<IMailSender>()).Folder;

    [GeneratedRegex(@"http\S+")]
    private static partial Regex Address();
}
