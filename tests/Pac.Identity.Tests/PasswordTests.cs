using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pac.Identity.Domain;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Passwords: long, any characters, not leaked; kept at the present strength; guessing keeps nobody out who was here before.</summary>
public sealed class PasswordTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Theory]
    [InlineData("  hai đầu có dấu cách  ", "  hai đầu có dấu cách  ", true)]
    [InlineData("  hai đầu có dấu cách  ", "hai đầu có dấu cách", false)]
    [InlineData("Mật khẩu dựng sẵn 9", "Mật khẩu dựng sẵn 9", true)]
    [InlineData("ﬁnd the ﬂat ﬁeld", "find the flat field", true)]
    [InlineData("１２３ｔｕ ｎｇｕ ｋｈａｃ", "123tu ngu khac", true)]
    [InlineData("Chữ HOA chữ thường 1", "chữ hoa chữ thường 1", false)]
    [InlineData("🦜🦜🦚🦚 bốn con chim 🦉", "🦜🦜🦚🦚 bốn con chim 🦉", true)]
    public async Task What_looks_the_same_is_the_same_whatever_keyboard_it_was_typed_on_and_nothing_is_cut(
        string set,
        string typed,
        bool same
    )
    {
        using var person = await Person.New(Host);
        await person.SignIn();
        (await Change(person, set)).Expect(303);
        using var browser = new Browser(Host);
        Assert.Equal(same, (await browser.SignIn(person.User.UserName!, typed.Normalize(NormalizationForm.FormD))).Status == 303);
    }

    [Fact]
    public async Task Between_12_and_256_characters_of_any_kind_and_every_one_of_them_counts()
    {
        using var person = await Person.New(Host);
        await person.SignIn();
        var longest = string.Concat(Enumerable.Range(0, 256).Select(n => (char)('à' + n % 20)));
        (await Change(person, longest[..11])).Expect(400);
        (await Change(person, longest + "x")).Expect(400);
        (await Change(person, longest)).Expect(303);
        using var browser = new Browser(Host);
        Assert.NotEqual(303, (await browser.SignIn(person.User.UserName!, longest[..255] + "x")).Status);
        (await browser.SignIn(person.User.UserName!, longest)).Expect(303);
        (await Change(person, person.User.UserName + " và hơn nữa", longest)).Expect(400);
    }

    [Fact]
    public async Task A_password_may_be_pasted_and_managed_by_a_program()
    {
        using var person = await Person.New(Host);
        await person.SignIn();
        var page = (await person.Browser.Open("/account/password")).Expect(200).Text;
        Assert.DoesNotContain("onpaste", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("autocomplete=\"current-password\"", page, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"new-password\"", page, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"username\"", page, StringComparison.Ordinal);
        Assert.Contains("maxlength=\"512\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("paste", (await person.Browser.Open("/sign-in")).Text, StringComparison.OrdinalIgnoreCase);
    }

#pragma warning disable CA5350 // The format of the list, not a protection.
    [Fact]
    public async Task A_password_of_the_local_list_of_leaked_ones_is_refused_wherever_it_stands_in_the_list()
    {
        string[] leaked = [.. Enumerable.Range(0, 400).Select(n => $"leaked phrase number {n}")];
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(
            file,
            leaked
                .Select((p, n) => $"{Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(p)))}:{n * 7919}")
                .Order(StringComparer.Ordinal),
            TestContext.Current.CancellationToken
        );
        foreach (var phrase in leaked)
            Assert.True(await Account.BreachedPasswords.Contains(file, phrase, TestContext.Current.CancellationToken), phrase);
        for (var n = 400; n < 500; n++)
            Assert.False(
                await Account.BreachedPasswords.Contains(file, $"leaked phrase number {n}", TestContext.Current.CancellationToken)
            );
        await using var host = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                o.Settings["Identity:BreachedPasswords"] = file;
            }
        );
        using var person = await Person.New(host);
        await person.SignIn();
        var refused = (await Change(person, leaked[7])).Expect(400);
        Assert.Contains("was leaked", refused.Text, StringComparison.Ordinal);
        // The same in other characters is no other password.
        (await Change(person, "ｌｅａｋｅｄ phrase number 7")).Expect(400);
        (await Change(person, "not a leaked phrase 7")).Expect(303);
        File.Delete(file);
    }

#pragma warning restore CA5350

    [Theory]
    [InlineData("password1234")]
    [InlineData("Mậtkhẩu123456")]
    [InlineData("qwertyuiop12")]
    [InlineData("abcabcabcabc")]
    [InlineData("123456789012")]
    [InlineData("daklak2026!!")]
    public async Task What_everybody_tries_first_is_refused(string password)
    {
        using var person = await Person.New(Host);
        await person.SignIn();
        (await Change(person, password)).Expect(400);
    }

    [Theory]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV2, 0)]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3, 10_000)]
    public async Task An_older_hash_is_made_anew_at_the_next_sign_in_and_nobody_notices(PasswordHasherCompatibilityMode mode, int rounds)
    {
        using var person = await Person.New(Host);
        var options = new PasswordHasherOptions { CompatibilityMode = mode };
        if (rounds > 0)
            options.IterationCount = rounds;
        var old = new PasswordHasher<User>(Options.Create(options)).HashPassword(person.User, Demo.Password);
        await Host.Sql("UPDATE identity.users SET password_hash = $2 WHERE id = $1", person.User.Id, old);
        var stamp = await Stamp(person);
        await person.SignIn();
        var kept = Convert.FromBase64String(
            await Host.Scalar<string>("SELECT password_hash FROM identity.users WHERE id = $1", person.User.Id)
        );
        Assert.Equal(1, kept[0]);
        // Version 3 of the format: HMAC-SHA-512 and the number of rounds stand in the hash.
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(kept.AsSpan(1)));
        Assert.Equal(210_000u, BinaryPrimitives.ReadUInt32BigEndian(kept.AsSpan(5)));
        Assert.Equal(stamp, await Stamp(person));
        Assert.True(await person.IsIn());
        using var again = new Browser(Host);
        (await again.SignIn(person.User.UserName!)).Expect(303);
    }

    [Fact]
    public async Task A_stranger_who_guesses_keeps_the_owner_out_of_no_browser_he_has_used_before_not_even_from_the_same_office()
    {
        using var person = await Person.New(Host);
        await person.SignIn();
        (await person.Browser.Submit((await person.Browser.Open("/sign-out")).Expect(200))).Expect(303);
        using var stranger = new Browser(Host);
        for (var n = 0; n < 9; n++)
            Assert.NotEqual(303, (await stranger.SignIn(person.User.UserName!, "guess " + n)).Status);
        // As after a hundred guesses at many names from the same address.
        Assert.Equal(
            1,
            await Host.Sql(
                "UPDATE identity.throttles SET failures = 150, blocked_until = $1 WHERE key = 'address:127.0.0.1'",
                Host.Clock.Now.AddMinutes(15)
            )
        );
        Assert.NotEqual(303, (await stranger.SignIn(person.User.UserName!)).Status);
        await person.SignIn();
        Assert.True(await person.IsIn());
        // His own browser has a patience of its own all the same.
        (await person.Browser.Submit((await person.Browser.Open("/sign-out")).Expect(200))).Expect(303);
        for (var n = 0; n < 9; n++)
            await person.Browser.SignIn(person.User.UserName!, "guess " + n);
        Assert.NotEqual(303, (await person.Browser.SignIn(person.User.UserName!)).Status);
    }

    [Fact]
    public async Task A_name_that_is_guessed_at_is_blocked_for_five_minutes_at_most()
    {
        using var person = await Person.New(Host);
        using var stranger = new Browser(Host);
        await stranger.SignIn(person.User.UserName!, "guess");
        await Host.Sql("UPDATE identity.throttles SET failures = 100000 WHERE key LIKE 'name:%'");
        await stranger.SignIn(person.User.UserName!, "guess");
        using var owner = new Browser(Host);
        Assert.NotEqual(303, (await owner.SignIn(person.User.UserName!)).Status);
        Host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await owner.SignIn(person.User.UserName!)).Expect(303);
    }

    private Task<string> Stamp(Person person) =>
        Host.Scalar<string>("SELECT security_stamp FROM identity.users WHERE id = $1", person.User.Id);

    private static async Task<Reply> Change(Person person, string fresh, string old = Demo.Password) =>
        await person.Browser.Submit(
            (await person.Browser.Open("/account/password")).Expect(200),
            ("old", old),
            ("new", fresh),
            ("again", fresh)
        );
}
