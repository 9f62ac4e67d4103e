using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Users over the API: found, made, changed, ended; what changes holds at once and everywhere.</summary>
public sealed class UserTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Fact]
    public async Task A_user_is_made_invited_and_found_by_name_address_role_scope_and_state()
    {
        var desk = await Desk.Of(Host);
        var mark = "Zq" + Guid.CreateVersion7().ToString("N")[^6..];
        var address = $"{mark}@pac.example".ToLowerInvariant();
        var (id, made) = await desk.Has([new { role = "ReceptionOfficer", scope = "centre:dak-lak" }], address, $"Đặng Thị {mark} Hoà");
        Assert.Equal($"/api/v1/users/{id}", made.Location);
        Assert.False(made.Json.GetProperty("hasPassword").GetBoolean());
        Assert.StartsWith("/invitation?token=", await Host.Link(address), StringComparison.Ordinal);

        foreach (
            var query in new[]
            {
                $"search=dang%20thi%20{mark}",
                $"search={mark.ToUpperInvariant()}%20HOA",
                $"search={address}",
                $"search={mark}&role=ReceptionOfficer",
                $"search={mark}&scope=centre:dak-lak&disabled=false",
            }
        )
            Assert.Equal(id, Assert.Single(await Found(desk, query)));
        foreach (
            var query in new[]
            {
                $"search={mark}&role=Cashier",
                $"search={mark}&scope=province",
                $"search={mark}&disabled=true",
                $"search={mark}%25",
                $"search={mark}_",
            }
        )
            Assert.Empty(await Found(desk, query));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_without_gap_and_double_and_tells_its_total_when_asked()
    {
        var desk = await Desk.Of(Host);
        var mark = "pg" + Guid.CreateVersion7().ToString("N")[^8..];
        List<Guid> made = [];
        foreach (var name in new[] { "b_", "a-", "c", "A.b", "Z" })
            made.Add((await desk.Creates($"{name}{mark}")).Expect(201).Json.GetProperty("id").GetGuid());
        List<Guid> read = [];
        string? cursor = null;
        do
        {
            var page = (
                await desk.Client.Get($"/api/v1/users?search={mark}&limit=2&withTotal=true{(cursor is null ? "" : "&cursor=" + cursor)}")
            ).Expect(200);
            Assert.Equal(5, page.Json.GetProperty("total").GetInt64());
            read.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(u => u.GetProperty("id").GetGuid()));
            cursor = page.Json.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        } while (cursor is not null);
        Assert.Equal(made.Order(), read.Order());
        (await desk.Client.Get("/api/v1/users?limit=101")).Expect(400);
        (await desk.Client.Get("/api/v1/users?cursor=x!")).Expect(400);
    }

    [Theory]
    [InlineData("""{"userName":"","displayName":"A"}""", 400)]
    [InlineData("""{"userName":"a b","displayName":"A"}""", 400)]
    [InlineData("""{"userName":"a\nb","displayName":"A"}""", 400)]
    [InlineData("""{"userName":"aа","displayName":"A"}""", 400)]
    [InlineData("""{"userName":"nv.a","displayName":"A","email":"a@b@c.vn"}""", 400)]
    [InlineData("""{"userName":"nv.a","displayName":"A","phone":"không"}""", 400)]
    [InlineData("""{"userName":"nv.a","displayName":"A","assignments":[null]}""", 400)]
    [InlineData("""{"userName":"nv.a","displayName":"A","assignments":[{"role":"Cashier","scope":"centre:dak-lak\n"}]}""", 400)]
    [InlineData("""{"userName":"nv.a","displayName":"A","assignments":[{"role":"Cashier","scope":"everything"}]}""", 400)]
    [InlineData("""{"userName":"nv.a","displayName":"A","assignments":[{"role":"King","scope":"province"}]}""", 422)]
    [InlineData("""{"userName":"nv.a","displayName":"A","assignments":[{"role":"Cashier","scope":"centre:nowhere"}]}""", 422)]
    [InlineData("""{"userName":"nv.a","displayName":"A","assignments":[{"role":"Cashier","scope":"own","endsOn":"2020-01-01"}]}""", 422)]
    [InlineData("""{"userName":"nv.a","displayName":"A","disabled":false}""", 400)]
    [InlineData("""{"userName":"Officer","displayName":"A"}""", 409)]
    public async Task A_user_that_cannot_be_is_refused_and_nothing_is_made(string body, int status)
    {
        var desk = await Desk.Of(Host);
        var before = await Host.Scalar<long>("SELECT count(*) FROM identity.users");
        var reply = (await desk.Client.Post("/api/v1/users", body)).Expect(status);
        Assert.Equal("application/problem+json", reply.Header("Content-Type"));
        Assert.Equal(before, await Host.Scalar<long>("SELECT count(*) FROM identity.users"));
    }

    [Fact]
    public async Task A_user_is_changed_only_as_he_was_seen()
    {
        var desk = await Desk.Of(Host);
        var (id, seen) = await desk.Has(email: $"{Guid.CreateVersion7():N}@pac.example");
        var path = $"/api/v1/users/{id}";
        (await desk.Client.Patch(path, new { displayName = "Tên mới" })).Expect(428);
        var changed = (await desk.Client.Patch(path, new { displayName = "Tên mới" }, ("If-Match", seen.ETag))).Expect(200);
        Assert.Equal("Tên mới", changed.Json.GetProperty("displayName").GetString());
        Assert.NotEqual(seen.ETag, changed.ETag);
        (await desk.Client.Patch(path, new { displayName = "Trễ" }, ("If-Match", seen.ETag))).Expect(412);
        foreach (var act in new[] { "disable", "assignments", "end-sessions", "reset-second-factor", "send-password-letter" })
            (
                await desk.Client.Post(
                    $"{path}/{act}",
                    act == "assignments" ? new { role = "Cashier", scope = "own" } : null,
                    ("If-Match", seen.ETag)
                )
            ).Expect(412);

        var without = (await desk.Client.Patch(path, """{"email":null}""", ("If-Match", changed.ETag))).Expect(200);
        Assert.False(without.Json.TryGetProperty("email", out _));
        Assert.Equal("Tên mới", without.Json.GetProperty("displayName").GetString());
        (await desk.Acts(id, "send-password-letter")).Expect(409, "identity.no-email");

        var together = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(n => desk.Client.Patch(path, new { displayName = $"Tên {n}" }, ("If-Match", without.ETag)))
        );
        Assert.Single(together, r => r.Status == 200);
        Assert.All(together.Where(r => r.Status != 200), r => Assert.Contains(r.Status, new[] { 409, 412 }));
    }

    [Fact]
    public async Task A_new_role_a_new_period_and_its_end_hold_within_seconds_on_every_host()
    {
        await using var other = await Host.Sibling();
        var desk = await Desk.Of(Host);
        var user = await Host.NewUser("Citizen", "own");
        var token = (await Host.SignsIn(user.UserName!)).Access;
        Assert.Equal(403, (await other.Calls(token, "/api/v1/users")).Status);

        var assigned = (await desk.Assigns(user.Id, "SystemAdmin", endsOn: "2027-01-31")).Expect(200);
        await Demo.Until(200, () => other.Calls(token, "/api/v1/users"));
        (await Host.Calls(token, "/api/v1/users")).Expect(200);

        var assignment = assigned
            .Json.GetProperty("assignments")
            .EnumerateArray()
            .Single(a => a.GetProperty("role").GetString() == "SystemAdmin")
            .GetProperty("id")
            .GetGuid();
        var path = $"/api/v1/users/{user.Id}/assignments/{assignment}";
        var later = (
            await desk.Client.Put(path, new { startsOn = "2027-01-15", endsOn = "2027-01-31" }, ("If-Match", assigned.ETag))
        ).Expect(200);
        await Demo.Until(403, () => other.Calls(token, "/api/v1/users"));
        (await desk.Client.Put(path, new { startsOn = "2027-02-15", endsOn = "2027-01-31" }, ("If-Match", later.ETag))).Expect(
            422,
            "identity.period-turned"
        );
        var again = (await desk.Client.Put(path, new { }, ("If-Match", later.ETag))).Expect(200);
        await Demo.Until(200, () => other.Calls(token, "/api/v1/users"));

        var revoked = (await desk.Client.Delete(path, ("If-Match", again.ETag))).Expect(200);
        Assert.Equal(["Citizen"], Desk.RolesOf(revoked));
        await Demo.Until(403, () => other.Calls(token, "/api/v1/users"));
        (await desk.Client.Delete(path, ("If-Match", revoked.ETag))).Expect(404);
    }

    [Fact]
    public async Task What_a_role_allows_is_changed_for_all_its_holders_within_seconds_on_every_host()
    {
        await using var other = await Host.Sibling();
        var desk = await Desk.Of(Host);
        var role = await desk.Role("identity.read");
        var user = await Host.NewUser(role.Code);
        var token = (await Host.SignsIn(user.UserName!)).Access;
        (await other.Calls(token, "/api/v1/users")).Expect(200);
        (await desk.Allows(role.Id, "identity.audit")).Expect(200);
        await Demo.Until(403, () => other.Calls(token, "/api/v1/users"));
        await Demo.Until(200, () => other.Calls(token, "/api/v1/audit-entries"));
    }

    [Fact]
    public async Task A_disabled_user_is_out_at_once_everywhere_and_back_when_enabled()
    {
        await using var other = await Host.Sibling();
        var desk = await Desk.Of(Host);
        var user = await Host.NewUser(email: $"{Guid.CreateVersion7():N}@pac.example");
        using var browser = new Browser(Host);
        using var elsewhere = new Browser(other);
        var tokens = Tokens.Of(await Host.Redeem((await browser.Authorize(Demo.AuthorizeAddress(), user.UserName!))["code"]));
        (await elsewhere.SignIn(user.UserName!)).Expect(303);
        (await other.Calls(tokens.Access)).Expect(200);

        var disabled = (await desk.Acts(user.Id, "disable")).Expect(200);
        Assert.True(disabled.Json.GetProperty("disabled").GetBoolean());
        (await Host.Calls(tokens.Access)).Expect(401);
        await Demo.Until(401, () => other.Calls(tokens.Access));
        (await other.Refresh(tokens.Refresh!)).Expect(400);
        Assert.NotEqual(200, (await browser.Open("/account")).Status);
        Assert.NotEqual(200, (await elsewhere.Open("/account")).Status);
        Assert.NotEqual(303, (await browser.SignIn(user.UserName!)).Status);
        (await desk.Acts(user.Id, "disable")).Expect(409, "identity.already-disabled");
        (await desk.Acts(user.Id, "send-password-letter")).Expect(409);

        (await desk.Acts(user.Id, "enable")).Expect(200);
        (await Host.Calls(tokens.Access)).Expect(401);
        Assert.NotEqual(200, (await browser.Open("/account")).Status);
        (await browser.SignIn(user.UserName!)).Expect(303);
        (await desk.Acts(user.Id, "enable")).Expect(409, "identity.not-disabled");
    }

    [Fact]
    public async Task An_administrator_sees_the_sessions_of_a_user_and_ends_them()
    {
        var desk = await Desk.Of(Host);
        var user = await Host.NewUser("Citizen", "own");
        var tokens = await Host.SignsIn(user.UserName!);
        var sessions = (await desk.Client.Get($"/api/v1/users/{user.Id}/sessions")).Expect(200).Json.EnumerateArray().ToList();
        Assert.Equal("pwd", Assert.Single(sessions).GetProperty("methods").GetString());
        (await desk.Acts(user.Id, "end-sessions")).Expect(200);
        Assert.Empty((await desk.Client.Get($"/api/v1/users/{user.Id}/sessions")).Expect(200).Json.EnumerateArray());
        (await Host.Calls(tokens.Access)).Expect(401);
        (await Host.Refresh(tokens.Refresh!)).Expect(400);
        await Host.SignsIn(user.UserName!);
    }

    [Fact]
    public async Task The_same_request_under_one_key_makes_one_user()
    {
        var desk = await Desk.Of(Host);
        var body = new { userName = "k-" + Guid.CreateVersion7().ToString("N"), displayName = "Một lần" };
        var first = (await desk.Client.Post("/api/v1/users", body, ("Idempotency-Key", "once"))).Expect(201);
        var second = (await desk.Client.Post("/api/v1/users", body, ("Idempotency-Key", "once"))).Expect(201);
        Assert.Equal(first.Json.GetProperty("id").GetGuid(), second.Json.GetProperty("id").GetGuid());
    }

    private static async Task<Guid[]> Found(Desk desk, string query) =>
        [
            .. (await desk.Client.Get("/api/v1/users?" + query))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(u => u.GetProperty("id").GetGuid()),
        ];
}
