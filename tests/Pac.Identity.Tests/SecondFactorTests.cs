using Pac.Identity.Domain;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>A second factor that is asked for, accepted once, and cannot be guessed or got around.</summary>
public sealed class SecondFactorTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    // RFC 6238, appendix B, with the six last digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(2000000000, "279037")]
    public void Codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, OneTimeCode.At("12345678901234567890"u8, DateTimeOffset.FromUnixTimeSeconds(second)));

    [Fact]
    public async Task With_an_app_the_password_alone_does_not_sign_in()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var (key, codes) = await person.AddApp();
        Assert.Equal(10, codes.Length);
        using var other = new Person(Host, person.User, new(Host));
        var half = await other.Browser.SignIn(person.User.UserName!);
        Assert.Equal("/sign-in/second-factor", half.Expect(303).Location);
        Assert.False(await other.IsIn());
        Assert.StartsWith("/sign-in", (await other.Browser.Open(Demo.AuthorizeAddress())).Expect(302).Location, StringComparison.Ordinal);

        (await other.Code("000000")).Expect(400);
        Assert.False(await other.IsIn());
        Host.Clock.Advance(Step);
        (await other.Code(OneTimeCode.At(key, Host.Clock.Now))).Expect(303);
        Assert.True(await other.IsIn());
        Assert.Equal("pwd otp mfa", await Amr(person.User.Id));
    }

    [Fact]
    public async Task A_code_works_once_and_a_clock_may_be_one_step_off()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var (key, _) = await person.AddApp();
        (await Half(person)).Dispose();
        using var same = await Half(person);
        (await same.Code(OneTimeCode.At(key, Host.Clock.Now))).Expect(400);
        (await same.Code(OneTimeCode.At(key, Host.Clock.Now + (2 * Step)))).Expect(400);
        (await same.Code(OneTimeCode.At(key, Host.Clock.Now + Step))).Expect(303);
        using var again = await Half(person);
        (await again.Code(OneTimeCode.At(key, Host.Clock.Now + Step))).Expect(400);
        (await again.Code(OneTimeCode.At(key, Host.Clock.Now))).Expect(400);
    }

    [Fact]
    public async Task One_code_twice_at_once_signs_in_once()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var (key, codes) = await person.AddApp();
        Host.Clock.Advance(Step);
        foreach (
            var (path, code) in new[] { ("/sign-in/second-factor", OneTimeCode.At(key, Host.Clock.Now)), ("/sign-in/recovery", codes[0]) }
        )
        {
            List<Person> halves = [];
            for (var n = 0; n < 4; n++)
                halves.Add(await Half(person));
            var replies = await Task.WhenAll(halves.Select(h => h.Code(code, path)));
            Assert.Equal([303, 400, 400, 400], replies.Select(r => r.Status).Order());
            halves.ForEach(h => h.Dispose());
        }
    }

    [Fact]
    public async Task Each_recovery_code_works_once_and_new_ones_end_the_old_ones()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var (_, codes) = await person.AddApp();
        using (var half = await Half(person))
            (await half.Code(codes[3].ToUpperInvariant(), "/sign-in/recovery")).Expect(303);
        using (var half = await Half(person))
            (await half.Code(codes[3], "/sign-in/recovery")).Expect(400);
        var page = (await person.Browser.Open("/account/second-factor")).Expect(200);
        Assert.Contains("9 recovery codes are left", page.Text, StringComparison.Ordinal);
        (await person.Browser.SubmitTo(page, "/account/second-factor/codes")).Expect(200);
        using var last = await Half(person);
        (await last.Code(codes[4], "/sign-in/recovery")).Expect(400);
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_and_somebody_who_guesses_does_not_keep_the_owner_out()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var (key, _) = await person.AddApp();
        using var thief = await Half(person);
        for (var n = 0; n < 5; n++)
            (await thief.Code("00000" + n)).Expect(400);
        Host.Clock.Advance(TimeSpan.FromSeconds(2));
        (await thief.Code(OneTimeCode.At(key, Host.Clock.Now + Step))).Expect(400);

        (await person.Browser.SignIn(person.User.UserName!)).Expect(303);
        (await person.Code(OneTimeCode.At(key, Host.Clock.Now + Step))).Expect(303);
    }

    [Fact]
    public async Task A_device_may_be_spared_the_code_for_thirty_days_and_be_asked_again()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var (key, _) = await person.AddApp();
        Host.Clock.Advance(Step);
        (await person.Browser.SignIn(person.User.UserName!)).Expect(303);
        (await person.Code(OneTimeCode.At(key, Host.Clock.Now), more: ("trust", "yes"))).Expect(303);

        Assert.Equal("/account", (await person.Browser.SignIn(person.User.UserName!)).Expect(303).Location);
        using var elsewhere = new Browser(Host);
        Assert.Equal("/sign-in/second-factor", (await elsewhere.SignIn(person.User.UserName!)).Expect(303).Location);

        var sessions = await person.Browser.Open("/account/sessions");
        (await person.Browser.SubmitTo(sessions, "/account/sessions/forget")).Expect(303);
        Assert.Equal("/sign-in/second-factor", (await person.Browser.SignIn(person.User.UserName!)).Expect(303).Location);
    }

    [Fact]
    public async Task Taking_the_app_away_needs_a_recent_sign_in_and_is_told_by_letter()
    {
        using var person = await (await Person.New(Host, "factor@pac.example")).SignIn();
        await person.AddApp();
        var page = await person.Browser.Open("/account/second-factor");
        Host.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Contains(
            "again=1",
            (await person.Browser.SubmitTo(page, "/account/second-factor/remove")).Expect(303).Location,
            StringComparison.Ordinal
        );
        Assert.Equal(
            1L,
            await Host.Scalar<long>("SELECT count(*) FROM identity.users WHERE id = $1 AND two_factor_enabled", person.User.Id)
        );
        Host.Clock.Advance(TimeSpan.FromMinutes(-20));
        (await person.Browser.SubmitTo(page, "/account/second-factor/remove")).Expect(303);
        using var other = new Browser(Host);
        Assert.Equal("/account", (await other.SignIn(person.User.UserName!)).Expect(303).Location);
        var letters = await Host.Letters("factor@pac.example");
        Assert.Contains(letters, l => l.Subject!.Contains("was added", StringComparison.Ordinal));
        Assert.Contains(letters, l => l.Subject!.Contains("was removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_and_codes_cannot_be_read_in_the_database()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var (key, codes) = await person.AddApp();
        var row = await Host.Scalar<string>("SELECT secret FROM identity.authenticators WHERE user_id = $1", person.User.Id);
        Assert.DoesNotContain(OneTimeCode.Written(key), row, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(key), row, StringComparison.Ordinal);
        Assert.Equal(
            0L,
            await Host.Scalar<long>("SELECT count(*) FROM identity.recovery_codes c WHERE c::text LIKE '%' || $1 || '%'", codes[0])
        );
    }

    [Fact]
    public async Task A_role_may_ask_for_a_second_factor_and_nothing_else_is_open_until_it_is_set_up()
    {
        await using var host = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                o.Settings["Identity:RequireSecondFactorFor:0"] = "SystemAdmin";
            }
        );
        var user = await host.NewUser();
        using var admin = new Person(host, user, new(host));
        var address = await admin.Browser.SignIn(
            user.UserName!,
            address: "/sign-in?returnUrl=" + Uri.EscapeDataString(Demo.AuthorizeAddress())
        );
        Assert.StartsWith("/account/second-factor", address.Expect(303).Location, StringComparison.Ordinal);
        Assert.False(await admin.IsIn());
        Assert.StartsWith("/sign-in", (await admin.Browser.Open(Demo.AuthorizeAddress())).Expect(302).Location, StringComparison.Ordinal);
        await admin.AddApp();
        Assert.True(await admin.IsIn());
        Assert.Contains("code=", (await admin.Browser.Open(Demo.AuthorizeAddress())).Expect(302).Location, StringComparison.Ordinal);
    }

    private async Task<Person> Half(Person person)
    {
        var half = new Person(Host, person.User, new(Host));
        (await half.Browser.SignIn(person.User.UserName!)).Expect(303);
        return half;
    }

    private Task<string> Amr(Guid user) =>
        Host.Scalar<string>("SELECT amr FROM identity.sessions WHERE user_id = $1 ORDER BY id DESC LIMIT 1", user);
}
