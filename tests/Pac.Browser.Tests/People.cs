using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MimeKit;
using Pac.Host.Tests;
using Pac.Testing;

namespace Pac.Browser.Tests;

/// <summary>Users of their own for tests that change them, and the letters they get.</summary>
internal static partial class People
{
    public const string Password = "bốn từ không liên quan 7";

    /// <summary>Makes a user with an address; he has been invited and has no password yet.</summary>
    public static async Task<(string Name, string Address)> Invited(this Stage stage, string role = "HrOfficer")
    {
        var name = "p-" + Guid.CreateVersion7().ToString("N")[^12..];
        var address = name + "@pac.example";
        var admin = await stage.Host.User("admin");
        (
            await admin.Post(
                "/api/v1/users",
                new
                {
                    userName = name,
                    displayName = "Trần Thị Mẫu",
                    email = address,
                    assignments = new[] { new { role, scope = "province" } },
                }
            )
        ).Expect(201);
        return (name, address);
    }

    /// <summary>Makes a user who has set his password by the link of his invitation.</summary>
    public static async Task<(string Name, string Password)> NewPerson(this Stage stage, string role = "HrOfficer")
    {
        var (name, address) = await stage.Invited(role);
        using var browser = new Testing.Browser(stage.Address);
        var page = (await browser.Open(await stage.Link(address))).Expect(200);
        (await browser.Submit(page, ("new", Password), ("again", Password))).Expect(303);
        return (name, Password);
    }

    /// <summary>The path of the link in the newest letter to an address that holds a word; waits for it.</summary>
    public static async Task<string> Link(this Stage stage, string address, string word = "/invitation")
    {
        string? link = null;
        await Eventually.True(
            async () =>
            {
                link = (await Letters(stage, address))
                    .Select(l => Address().Match(l.TextBody ?? "").Value)
                    .LastOrDefault(l => l.Contains(word, StringComparison.Ordinal));
                return link is not null;
            },
            $"There is no letter with {word} to {address}."
        );
        return new Uri(link!).PathAndQuery;
    }

    /// <summary>The letters to an address so far, oldest first.</summary>
    public static async Task<IReadOnlyList<MimeMessage>> Letters(this Stage stage, string address)
    {
        List<MimeMessage> letters = [];
        foreach (var file in Directory.GetFiles(stage.MailFolder, "*.eml").Order(StringComparer.Ordinal))
        {
            var letter = await MimeMessage.LoadAsync(file);
            if (letter.To.Mailboxes.Single().Address == address)
                letters.Add(letter);
        }
        return letters;
    }

    /// <summary>What an authenticator app shows for a key at an instant (RFC 6238).</summary>
    public static string Code(string key, DateTimeOffset at)
    {
        List<byte> secret = [];
        var (bits, count) = (0, 0);
        foreach (var c in key.Replace(" ", "", StringComparison.Ordinal))
        {
            (bits, count) = (((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal)) & 0xFFFF, count + 5);
            if (count >= 8)
            {
                count -= 8;
                secret.Add((byte)(bits >> count));
            }
        }
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What authenticator apps speak.
        var hash = HMACSHA1.HashData([.. secret], step);
#pragma warning restore CA5350
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFF_FFFF) % 1_000_000;
        return number.ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"http\S+")]
    private static partial Regex Address();
}
