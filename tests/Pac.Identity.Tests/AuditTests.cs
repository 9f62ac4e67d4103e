using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pac.BuildingBlocks.Auditing;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>The trail: who did what, when, from where, before and after; nothing slips in, nothing is taken out unnoticed.</summary>
public sealed class AuditTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_way_in_and_out_is_in_the_trail_with_who_when_from_where_and_why_not()
    {
        var desk = await Desk.Of(Host);
        var address = $"{Guid.CreateVersion7():N}@pac.example";
        using var person = await Person.New(Host, address);
        var (id, name) = (person.User.Id.ToString(), person.User.UserName!);
        Assert.NotEqual(303, (await person.Browser.SignIn(name, "wrong password")).Status);
        Assert.NotEqual(303, (await person.Browser.SignIn("nobody-of-that-name", "wrong password")).Status);
        await person.SignIn();
        var (key, _) = await person.AddApp();
        (await person.Browser.Submit((await person.Browser.Open("/sign-out")).Expect(200))).Expect(303);
        await person.SignIn();
        (await person.Code("000000")).Expect(400);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await person.Code(OneTimeCode.At(key, Host.Clock.Now))).Expect(303);
        var form = (await person.Browser.Open("/account/password")).Expect(200);
        (
            await person.Browser.Submit(
                form,
                ("old", Demo.Password),
                ("new", "bốn từ không liên quan 7"),
                ("again", "bốn từ không liên quan 7")
            )
        ).Expect(303);
        await Host.RunJobs();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await person.Browser.Submit((await person.Browser.Open("/forgot-password")).Expect(200), ("name", name))).Expect(303);
        var link = await Host.Link(address);
        Assert.StartsWith("/reset-password", link, StringComparison.Ordinal);
        (
            await person.Browser.Submit(
                (await person.Browser.Open(link)).Expect(200),
                ("new", "năm từ hoàn toàn khác 9"),
                ("again", "năm từ hoàn toàn khác 9")
            )
        ).Expect(303);
        for (var n = 0; n < 9; n++)
            await person.Browser.SignIn(name, "wrong password");

        var trail = await desk.Trail(id);
        foreach (var act in new[] { "sign-in-failed", "second-factor-add", "password-change", "password-reset" })
            Assert.Contains(trail, e => Act(e) == act);
        Assert.Contains(trail, e => Act(e) == "sign-in-failed" && After(e, "reason") == "password");
        Assert.Contains(trail, e => Act(e) == "sign-in-failed" && After(e, "reason") == "code");
        Assert.Contains(trail, e => Act(e) == "sign-in-failed" && After(e, "reason") == "throttled");
        Assert.Contains(await desk.Trail(""), e => Act(e) == "sign-in-failed" && After(e, "reason") == "unknown");

        var his = await Of(desk, $"subject={id}");
        Assert.Contains(his, e => Act(e) == "sign-in" && After(e, "amr") == "pwd");
        Assert.Contains(his, e => Act(e) == "sign-in" && After(e, "amr") == "pwd otp mfa");
        Assert.Contains(his, e => Act(e) == "session-end" && After(e, "reason") == "signed-out");
        Assert.Contains(his, e => Act(e) == "session-end" && After(e, "reason") == "password-change");
        Assert.All(his.Concat(trail), e => Assert.Equal("127.0.0.1", e.GetProperty("address").GetString()));
        Assert.All(his.Concat(trail), e => Assert.Equal(32, e.GetProperty("traceId").GetString()!.Length));
        Assert.All(his, e => Assert.Equal("Người dùng thử", e.GetProperty("subjectName").GetString()));
        Assert.DoesNotContain("bốn từ", string.Concat(trail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_application_and_a_stolen_refresh_token_are_in_the_trail()
    {
        var desk = await Desk.Of(Host);
        await Host.Machine(("client_secret", "wrong"));
        (await Host.Token(("grant_type", "client_credentials"), ("client_id", "demo-machine"), ("client_secret", "wrong"))).Expect(401);
        (await Host.Token(("grant_type", "client_credentials"), ("client_id", "no\r\nsuch"), ("client_secret", "wrong"))).Expect(401);
        Assert.Contains(await desk.Trail("demo-machine"), e => Act(e) == "client-refused");
        Assert.Contains(await desk.Trail(""), e => Act(e) == "client-refused");
        var tokens = await Host.SignsIn("director");
        (await Host.Refresh(tokens.Refresh!)).Expect(200);
        (await Host.Refresh(tokens.Refresh!)).Expect(400);
        var director = await Host.Scalar<Guid>("SELECT id FROM identity.users WHERE user_name = 'director'");
        Assert.Contains(await Of(desk, $"subject={director}"), e => Act(e) == "refresh-token-reused");
    }

    [Fact]
    public async Task Every_act_of_administration_is_in_the_trail_with_before_and_after()
    {
        var (desk, admin) = await Desk.OfPerson(Host);
        var (id, made) = await desk.Has(
            [new { role = "ReceptionOfficer", scope = "centre:dak-lak" }],
            $"{Guid.CreateVersion7():N}@pac.example"
        );
        var path = $"/api/v1/users/{id}";
        var assignment = made.Json.GetProperty("assignments")[0].GetProperty("id").GetGuid();
        var changed = (await desk.Client.Patch(path, new { displayName = "Tên khác" }, ("If-Match", made.ETag))).Expect(200);
        var limited = (
            await desk.Client.Put($"{path}/assignments/{assignment}", new { endsOn = "2027-12-31" }, ("If-Match", changed.ETag))
        ).Expect(200);
        (await desk.Client.Delete($"{path}/assignments/{assignment}", ("If-Match", limited.ETag))).Expect(200);
        foreach (var act in new[] { "end-sessions", "reset-second-factor", "send-password-letter", "disable", "enable" })
            (await desk.Acts(id, act)).Expect(200);

        var trail = await desk.Trail(id.ToString());
        Assert.Equal(
            [
                "ChangeAssignment Assignment",
                "ChangeUser User",
                "CreateUser Assignment",
                "CreateUser User",
                "DisableUser User",
                "EnableUser User",
                "EndUserSessions User",
                "ResetSecondFactor User",
                "RevokeRole Assignment",
                "SendPasswordLetter User",
            ],
            trail.Select(Name).Order()
        );
        Assert.All(trail, e => Assert.Equal(admin.Id.ToString(), e.GetProperty("subject").GetString()));
        Assert.All(trail, e => Assert.Equal("demo-spa", e.GetProperty("clientId").GetString()));
        Assert.Equal(
            """{"role":[null,"ReceptionOfficer"],"scope":[null,"centre:dak-lak"]}""",
            Short(trail.Single(e => Name(e) == "CreateUser Assignment"))
        );
        Assert.Equal("""{"displayName":[]}""", Short(trail.Single(e => Name(e) == "ChangeUser User")));
        Assert.Equal("""{"endsOn":[null,"2027-12-31"]}""", Short(trail.Single(e => Name(e) == "ChangeAssignment Assignment")));
        Assert.Equal("""{"disabled":[false,true]}""", Short(trail.Single(e => Name(e) == "DisableUser User")));
        Assert.Equal("""{"disabled":[true,false]}""", Short(trail.Single(e => Name(e) == "EnableUser User")));
        Assert.DoesNotContain("Tên khác", string.Concat(trail), StringComparison.Ordinal);

        var role = await desk.Role("identity.read");
        (await desk.Allows(role.Id, "identity.read", "identity.audit")).Expect(200);
        (
            await desk.Client.Delete($"/api/v1/roles/{role.Id}", ("If-Match", (await desk.Client.Get($"/api/v1/roles/{role.Id}")).ETag))
        ).Expect(204);
        var ofRole = await desk.Trail(role.Code);
        Assert.Equal(["ChangeRole", "CreateRole", "DeleteRole"], ofRole.Select(Act).Order());
        Assert.Equal(
            """{"permissions":[["identity.read"],["identity.audit","identity.read"]]}""",
            Short(ofRole.Single(e => Act(e) == "ChangeRole"))
        );
    }

    [Fact]
    public async Task A_refused_access_is_in_the_trail()
    {
        var desk = await Desk.Of(Host);
        var nobody = await Desk.Of(Host, role: "HrOfficer");
        (await nobody.Client.Get("/api/v1/users")).Expect(403);
        var entry = Assert.Single(await Of(desk, $"subject={nobody.Subject}"));
        Assert.Equal(
            "FindUsers Refusal identity.read",
            $"{Act(entry)} {entry.GetProperty("kind").GetString()} {entry.GetProperty("thing").GetString()}"
        );
    }

    [Theory]
    [InlineData("admin\r\n2026-11-23 INFO sign-in of admin succeeded")]
    [InlineData("\u001b[2K\u001b[1Aadmin", true)]
    [InlineData("\",\"act\":\"sign-in\",\"subject\":\"admin")]
    [InlineData("admin\u202Enimda\u2028x")]
    public async Task What_somebody_types_makes_exactly_one_entry_and_never_a_line_of_its_own(string typed, bool isNoForm = false)
    {
        var desk = await Desk.Of(Host);
        var before = await Host.Scalar<long>("SELECT count(*) FROM identity.audit");
        using var browser = new Browser(Host);
        var page = (await browser.Open("/sign-in")).Expect(200);
        (await browser.Submit(page, ("username", typed), ("password", typed))).Expect(400);
        // Other control characters than those of text make no form at all, and nobody tried to sign in.
        Assert.Equal(before + (isNoForm ? 0 : 1), await Host.Scalar<long>("SELECT count(*) FROM identity.audit"));
        foreach (var entry in await Of(desk, "act=sign-in-failed"))
        {
            Assert.Equal("""{"reason":[null,"unknown"]}""", Short(entry));
            Assert.Equal("", entry.GetProperty("subject").GetString());
        }
        Assert.DoesNotContain(Host.Said, s => s.Contains("admin", StringComparison.Ordinal));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/users");
        request.Headers.TryAddWithoutValidation("User-Agent", string.Concat(typed.Where(c => c is >= ' ' and <= '~')));
        using var answer = await desk.Client.SendAsync(request, Cancel);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_trail_is_filtered_by_act_kind_thing_who_through_what_and_when_and_read_page_by_page()
    {
        var desk = await Desk.Of(Host);
        var other = await Desk.Of(Host);
        var (first, _) = await desk.Has();
        Host.Clock.Advance(TimeSpan.FromMinutes(5));
        var (second, _) = await other.Has();
        await other.Role();
        var noon = Uri.EscapeDataString(TestClock.Start.AddMinutes(3).ToString("O"));

        Assert.Equal([second, first], (await Of(desk, "act=CreateUser")).Select(Thing));
        Assert.Equal([first], (await Of(desk, $"act=CreateUser&subject={desk.Subject}")).Select(Thing));
        Assert.Equal([second], (await Of(desk, $"kind=User&client={other.Subject}")).Select(Thing));
        Assert.Equal([second], (await Of(desk, $"act=CreateUser&from={noon}")).Select(Thing));
        Assert.Equal([first], (await Of(desk, $"act=CreateUser&to={noon}")).Select(Thing));
        Assert.Empty(await Of(desk, "module=nothing"));
        Assert.Single(await Of(desk, $"thing={first}&module=identity"));
        var all = (await desk.Client.Get("/api/v1/audit-entries?withTotal=true&limit=1")).Expect(200).Json;
        Assert.Equal(3, all.GetProperty("total").GetInt32());
        List<Guid> read = [];
        string? cursor = null;
        do
        {
            var page = (await desk.Client.Get("/api/v1/audit-entries?limit=1" + (cursor is null ? "" : "&cursor=" + cursor)))
                .Expect(200)
                .Json;
            read.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        } while (cursor is not null);
        Assert.Equal(3, read.Distinct().Count());
    }

    [Fact]
    public async Task An_export_is_safe_in_a_spreadsheet_and_is_itself_in_the_trail()
    {
        var desk = await Desk.Of(Host);
        var (id, _) = await desk.Has();
        string[] bad = ["=cmd|' /C calc'!A0", "+1", "-1", "@sum", "\t=1", "\r=1", "a\"b,c\nd"];
        for (var n = 0; n < bad.Length; n++)
            await Slip(n, bad[n]);
        var export = (await desk.Client.Get("/api/v1/audit-entries/export?module=identity")).Expect(200);
        Assert.Equal("text/csv; charset=utf-8", export.Header("Content-Type"));
        Assert.Contains("attachment", export.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.StartsWith("module,seq,at,act", export.Text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains(id.ToString(), export.Text, StringComparison.Ordinal);
        foreach (var text in bad[..6])
            Assert.Contains(",\"'" + text, export.Text.Replace(",'", ",\"'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"a\"\"b,c\nd\"", export.Text, StringComparison.Ordinal);
        Assert.Contains(await desk.Trail("identity"), e => Act(e) == "ExportAuditEntries");
        var filtered = (await desk.Client.Get("/api/v1/audit-entries/export?act=CreateUser")).Expect(200);
        Assert.Equal(2, filtered.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        (await (await Desk.Of(Host, role: "HrOfficer")).Client.Get("/api/v1/audit-entries/export")).Expect(403);
    }

    [Fact]
    public async Task An_export_of_a_hundred_thousand_entries_streams()
    {
        var desk = await Desk.Of(Host);
        await Host.Sql(
            """
            INSERT INTO identity.audit (id, at, act, kind, thing, subject, client_id, changes)
            SELECT gen_random_uuid(), now(), 'Act', 'Kind', n::text, 'x', 'y', jsonb_build_object('filler', repeat('z', 200))
            FROM generate_series(1, 100000) n
            """
        );
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var answer = await desk.Client.GetAsync("/api/v1/audit-entries/export", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        var (buffer, total, peak, looks) = (new byte[64 * 1024], 0L, 0L, 0);
        while (await body.ReadAsync(buffer, Cancel) is var read and > 0)
        {
            total += read;
            if (total > looks * 4_000_000L)
            {
                looks++;
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }
        Assert.True(total > 25_000_000, $"{total} bytes came.");
        Assert.True(peak < 16 * 1024 * 1024, $"The export held {peak >> 20} MB.");
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_or_remove_what_is_written()
    {
        await (await Desk.Of(Host)).Has();
        await Seal();
        foreach (
            var sql in new[]
            {
                "UPDATE identity.audit SET subject = 'x'",
                "DELETE FROM identity.audit",
                "TRUNCATE identity.audit",
                "UPDATE identity.audit_seals SET hash = '\\x00'",
                "DELETE FROM identity.audit_seals",
                "TRUNCATE identity.audit_seals",
            }
        )
            Assert.Contains(
                "append-only",
                (await Assert.ThrowsAsync<PostgresException>(() => Host.Sql(sql))).MessageText,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task The_chain_can_be_checked_by_anybody_with_nothing_but_SHA256()
    {
        var desk = await Desk.Of(Host);
        await desk.Has();
        await Seal();
        var lines = (await desk.Client.Get("/api/v1/audit-entries/chain/identity"))
            .Expect(200)
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length >= 1);
        byte[] before = [];
        foreach (var (line, n) in lines.Select((l, n) => (l, n)))
        {
            var link = JsonSerializer.Deserialize<JsonElement>(line);
            before = SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes(link.GetProperty("line").GetString()!)]);
            Assert.Equal(Convert.ToHexStringLower(before), link.GetProperty("hash").GetString());
            Assert.Equal(n + 1, link.GetProperty("number").GetInt32());
        }
        (await desk.Client.Get("/api/v1/audit-entries/chain/nothing")).Expect(404);
    }

    [Theory]
    [InlineData("UPDATE identity.audit SET subject = 'somebody else' WHERE seq = $1", "was changed")]
    [InlineData("UPDATE identity.audit SET changes = '{}' WHERE seq = $1", "was changed")]
    [InlineData("DELETE FROM identity.audit WHERE seq = $1", "was removed")]
    [InlineData("DELETE FROM identity.audit_seals WHERE entry_seq = $1", "is missing")]
    [InlineData(
        "UPDATE identity.audit_seals SET entry_seq = CASE entry_seq WHEN $1 THEN -1 ELSE $1 END WHERE entry_seq IN ($1, $1 + 1); UPDATE identity.audit_seals SET entry_seq = $1 + 1 WHERE entry_seq = -1",
        "was changed"
    )]
    [InlineData("DELETE FROM identity.audit WHERE seq >= $1; DELETE FROM identity.audit_seals WHERE entry_seq >= $1", "does not lead to")]
    public async Task A_change_a_removal_another_order_and_a_cut_end_are_found(string damage, string found)
    {
        var desk = await Desk.Of(Host);
        for (var n = 0; n < 5; n++)
            await desk.Has();
        await Seal();
        var whole = await Checks(null);
        Assert.Null(whole.Broken);
        Assert.Equal(0, whole.Unsealed);
        Assert.Null((await Checks(whole.Head)).Broken);
        var seq = await Host.Scalar<long>("SELECT min(seq) + 2 FROM identity.audit");
        var sql = damage.Replace("$1", seq.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        // The seals are unique by entry; swapping two of them goes over a number that none has.
        sql = sql.Contains("CASE", StringComparison.Ordinal)
            ? $"UPDATE identity.audit_seals SET entry_seq = -1 WHERE entry_seq = {seq}; UPDATE identity.audit_seals SET entry_seq = {seq} WHERE entry_seq = {seq + 1}; UPDATE identity.audit_seals SET entry_seq = {seq + 1} WHERE entry_seq = -1"
            : sql;
        await Host.Sql("SET session_replication_role = replica; " + sql + "; SET session_replication_role = origin");
        Assert.Contains(found, (await Checks(whole.Head)).Broken, StringComparison.Ordinal);
        await desk.Has();
        await Seal();
        Assert.Contains(found, (await Checks(whole.Head)).Broken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_slipped_in_with_an_old_date_stands_at_the_end_of_the_chain()
    {
        var desk = await Desk.Of(Host);
        await desk.Has();
        await Seal();
        var head = await Checks(null);
        await Slip(1, "Late");
        Assert.Equal(1, (await Checks(head.Head)).Unsealed);
        await Seal();
        var after = await Checks(head.Head);
        Assert.Null(after.Broken);
        Assert.Equal(head.Sealed + 1, after.Sealed);
    }

    private async Task Seal()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityStore>().SealAudit(everything: false, Cancel);
    }

    private async Task<AuditCheck> Checks(string? head)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IdentityStore>().CheckAudit("identity", head, Cancel);
    }

    private Task<int> Slip(int n, string text) =>
        Host.Sql(
            "INSERT INTO identity.audit (id, at, act, kind, thing, subject, client_id) VALUES (gen_random_uuid(), now() - interval '1 year', $1, 'K', $2, 's', 'c')",
            text,
            n.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );

    private static async Task<JsonElement[]> Of(Desk desk, string query) =>
        [.. (await desk.Client.Get("/api/v1/audit-entries?limit=100&" + query)).Expect(200).Json.GetProperty("items").EnumerateArray()];

    private static string Act(JsonElement entry) => entry.GetProperty("act").GetString()!;

    private static string Name(JsonElement entry) => $"{Act(entry)} {entry.GetProperty("kind").GetString()}";

    private static Guid Thing(JsonElement entry) => Guid.Parse(entry.GetProperty("thing").GetString()!);

    private static string? After(JsonElement entry, string member) =>
        entry.TryGetProperty("changes", out var changes) && changes.TryGetProperty(member, out var values) ? values[1].GetString() : null;

    private static string Short(JsonElement entry) => entry.GetProperty("changes").GetRawText().Replace(" ", "", StringComparison.Ordinal);
}
