using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Who may give which rights to whom: duties apart, nobody for himself, nobody beyond his reach, and never nobody at all.</summary>
public sealed class RightsTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private const string Computes = "remuneration.calculate";
    private const string Approves = "remuneration.approve";

    [Theory]
    [InlineData(Computes, Approves)]
    [InlineData("identity.manage-users", "dossiers.read")]
    [InlineData("identity.manage-roles", "dossiers.receive")]
    [InlineData("identity.manage-clients", "remuneration.read")]
    public async Task Duties_that_exclude_one_another_are_not_given_in_one_role_by_edit_by_second_assignment_or_by_import(
        string one,
        string other
    )
    {
        var desk = await Desk.Of(Host);
        (
            await desk.Client.Post(
                "/api/v1/roles",
                new { code = "X-" + Guid.CreateVersion7().ToString("N"), role = Desk.Content(one, other) }
            )
        ).Expect(422, "identity.duties-mixed");
        var (first, second) = (await desk.Role(one), await desk.Role(other));
        (await desk.Allows(first.Id, one, other)).Expect(422, "identity.duties-mixed");

        var (id, _) = await desk.Has([new { role = first.Code, scope = "province" }]);
        (await desk.Assigns(id, second.Code)).Expect(422, "identity.duties-mixed");
        (await desk.Assigns(id, second.Code, "centre:dak-lak")).Expect(422, "identity.duties-mixed");
        (
            await desk.Creates(assignments: [new { role = first.Code, scope = "province" }, new { role = second.Code, scope = "province" }])
        ).Expect(422, "identity.duties-mixed");
        var csv =
            $"userName,displayName,role,scope\n{"i-" + id.ToString("N")},A,{first.Code},province\n{"i-" + id.ToString("N")},A,{second.Code},province\n";
        var report = (await desk.Imports(csv)).Expect(200).Json;
        Assert.False(report.GetProperty("done").GetBoolean());
        var error = Assert.Single(report.GetProperty("errors").EnumerateArray());
        Assert.Equal(3, error.GetProperty("line").GetInt32());
        Assert.Equal("role", error.GetProperty("column").GetString());
        Assert.Equal("identity.duties-mixed", error.GetProperty("code").GetString());

        // A third role that the user holds beside the first cannot grow into the other duty either.
        var harmless = await desk.Role("identity.read");
        (await desk.Assigns(id, harmless.Code)).Expect(200);
        (await desk.Allows(harmless.Id, "identity.read", other)).Expect(422, "identity.duties-mixed");
    }

    [Fact]
    public async Task Duties_one_after_the_other_are_no_conflict_and_past_ones_hinder_no_edit()
    {
        var desk = await Desk.Of(Host);
        var (computes, approves, growing) = (await desk.Role(Computes), await desk.Role(Approves), await desk.Role("remuneration.read"));
        var (id, _) = await desk.Has([
            new
            {
                role = computes.Code,
                scope = "province",
                endsOn = "2026-12-31",
            },
        ]);
        (await desk.Assigns(id, approves.Code, startsOn: "2026-12-31")).Expect(422, "identity.duties-mixed");
        var both = (await desk.Assigns(id, approves.Code, startsOn: "2027-01-01")).Expect(200);
        var second = both
            .Json.GetProperty("assignments")
            .EnumerateArray()
            .Single(a => a.GetProperty("role").GetString() == approves.Code)
            .GetProperty("id")
            .GetGuid();
        (await desk.Client.Put($"/api/v1/users/{id}/assignments/{second}", new { }, ("If-Match", both.ETag))).Expect(
            422,
            "identity.duties-mixed"
        );

        var (former, _) = await desk.Has([new { role = growing.Code, scope = "province" }]);
        await Host.Sql(
            "INSERT INTO identity.user_roles (id, user_id, role_id, scope, ends_on) VALUES (gen_random_uuid(), $1, $2, 'province', '2020-12-31')",
            former,
            approves.Id
        );
        (await desk.Allows(growing.Id, "remuneration.read", Computes)).Expect(200);
    }

    [Fact]
    public async Task A_role_held_by_a_machine_cannot_grow_into_a_conflict_either()
    {
        var desk = await Desk.Of(Host);
        var (computes, growing) = (await desk.Role(Computes), await desk.Role("remuneration.read"));
        (await desk.Client.Post("/api/v1/clients", Machine(computes.Code, growing.Code))).Expect(201);
        (await desk.Allows(growing.Id, "remuneration.read", Approves)).Expect(422, "identity.duties-mixed");
        (await desk.Client.Post("/api/v1/clients", Machine(computes.Code, (await desk.Role(Approves)).Code))).Expect(
            422,
            "identity.duties-mixed"
        );
    }

    [Fact]
    public async Task Two_administrators_at_the_same_instant_do_not_mix_duties_between_them()
    {
        for (var round = 0; round < 6; round++)
        {
            var (one, two) = (await Desk.Of(Host), await Desk.Of(Host));
            var (left, right) = (await one.Role("remuneration.read"), await one.Role("identity.read"));
            var (id, _) = await one.Has([new { role = left.Code, scope = "province" }, new { role = right.Code, scope = "province" }]);
            var computes = await one.Role(Computes);
            var (fresh, _) = await one.Has([new { role = right.Code, scope = "own" }]);
            // Two roles of one user grow at once; and one role is given while the other grows.
            var replies = await Task.WhenAll(
                one.Allows(left.Id, Computes),
                two.Allows(right.Id, Approves),
                one.Assigns(fresh, computes.Code)
            );
            Assert.Contains(replies, r => r.Status == 200);
            Assert.All(replies, r => Assert.Contains(r.Status, new[] { 200, 409, 412, 422 }));
            Assert.Equal(0, await Mixed(id));
            Assert.Equal(0, await Mixed(fresh));
        }
    }

    [Fact]
    public async Task Two_administrators_who_give_one_user_two_duties_at_once_give_him_one()
    {
        var (one, two) = (await Desk.Of(Host), await Desk.Of(Host));
        var (computes, approves) = (await one.Role(Computes), await one.Role(Approves));
        var (id, seen) = await one.Has();
        var replies = await Task.WhenAll(
            new[] { (one, computes), (two, approves) }.Select(d =>
                d.Item1.Client.Post(
                    $"/api/v1/users/{id}/assignments",
                    new { role = d.Item2.Code, scope = "province" },
                    ("If-Match", seen.ETag)
                )
            )
        );
        Assert.Single(replies, r => r.Status == 200);
        Assert.Single(Desk.RolesOf(await one.Reads(id)));
    }

    [Fact]
    public async Task Nobody_changes_his_own_rights()
    {
        var (desk, user) = await Desk.OfPerson(Host);
        var own = user.Id;
        (await desk.Assigns(own, "HrOfficer")).Expect(409, "identity.own-rights");
        (await desk.Acts(own, "disable")).Expect(409, "identity.own-rights");
        (await desk.Acts(own, "reset-second-factor")).Expect(409, "identity.own-rights");
        var me = (await desk.Reads(own)).Expect(200);
        var assignment = me.Json.GetProperty("assignments")[0].GetProperty("id").GetGuid();
        var path = $"/api/v1/users/{own}/assignments/{assignment}";
        (await desk.Client.Delete(path, ("If-Match", me.ETag))).Expect(409, "identity.own-rights");
        (await desk.Client.Put(path, new { endsOn = "2030-01-01" }, ("If-Match", me.ETag))).Expect(409, "identity.own-rights");
        var report = (await desk.Imports($"userName,displayName,role,scope\n{user.UserName},A,HrOfficer,province\n")).Expect(200).Json;
        Assert.Equal("identity.own-rights", report.GetProperty("errors")[0].GetProperty("code").GetString());
        var role = await Host.Scalar<Guid>("SELECT id FROM identity.roles WHERE name = 'SystemAdmin'");
        (await desk.Allows(role, "identity.read", "identity.manage-users", "identity.manage-roles")).Expect(409, "identity.own-role");
        Assert.Equal(["SystemAdmin"], Desk.RolesOf(await desk.Reads(own)));
    }

    [Fact]
    public async Task A_machine_does_not_change_its_own_rights_either()
    {
        var desk = await Desk.Of(Host);
        var role = await Host.Scalar<Guid>("SELECT id FROM identity.roles WHERE name = 'SystemAdmin'");
        (await desk.Allows(role, "identity.read", "identity.manage-users", "identity.manage-roles", "identity.manage-clients")).Expect(
            409,
            "identity.own-role"
        );
        var id = await Host.Scalar<Guid>("SELECT id FROM identity.clients WHERE client_id = $1", desk.Subject);
        var seen = (await desk.Client.Get($"/api/v1/clients/{id}")).Expect(200);
        var settings = new
        {
            name = "Máy quản trị",
            owner = "Sở",
            scopes = new[] { "identity" },
            grants = new[] { new { role = "SystemAdmin", scope = "province" }, new { role = "HrOfficer", scope = "province" } },
        };
        (await desk.Client.Put($"/api/v1/clients/{id}", settings, ("If-Match", seen.ETag))).Expect(409, "identity.own-rights");
        var same = settings with { grants = [settings.grants[0]] };
        (await desk.Client.Put($"/api/v1/clients/{id}", same, ("If-Match", seen.ETag))).Expect(200);
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_taken_away_by_anybody()
    {
        await using var host = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                o.Settings["Identity:Issuer"] = Demo.Issuer;
                Elsewhere.Is(o);
            }
        );
        var desk = await Desk.Of(host);
        var admin = await host.Scalar<Guid>("SELECT id FROM identity.users WHERE user_name = 'admin'");
        var seen = (await desk.Reads(admin)).Expect(200);
        var assignment = seen.Json.GetProperty("assignments")[0].GetProperty("id").GetGuid();
        var path = $"/api/v1/users/{admin}/assignments/{assignment}";
        (await desk.Client.Delete(path, ("If-Match", seen.ETag))).Expect(409, "identity.last-administrator");
        (await desk.Client.Put(path, new { endsOn = "2027-06-30" }, ("If-Match", seen.ETag))).Expect(409, "identity.last-administrator");
        (await desk.Acts(admin, "disable")).Expect(409, "identity.last-administrator");
        // A colleague of one centre, one whose time ends, and one who never set a password are no help.
        var (invited, _) = await desk.Has([new { role = "SystemAdmin", scope = "province" }]);
        await host.NewUser("SystemAdmin", "centre:dak-lak");
        await host.NewUser("SystemAdmin", endsOn: new DateOnly(2030, 1, 1));
        (await desk.Acts(admin, "disable")).Expect(409, "identity.last-administrator");

        // Another role that can do everything; then the seeded one may lose its rights, but not both.
        var others = await desk.Role("identity.read", "identity.manage-users", "identity.manage-roles", "identity.manage-clients");
        var second = await host.NewUser(others.Code);
        var human = await Desk.OfPerson(host, role: others.Code);
        var role = await host.Scalar<Guid>("SELECT id FROM identity.roles WHERE name = 'SystemAdmin'");
        (await human.Desk.Allows(role, "identity.read")).Expect(200);
        (await human.Desk.Allows(role, "identity.read", "identity.manage-users", "identity.manage-roles")).Expect(200);
        (await human.Desk.Acts(second.Id, "disable")).Expect(200);
        (await human.Desk.Acts(invited, "disable")).Expect(200);
    }

    [Fact]
    public async Task The_first_administrator_is_made_on_the_command_line_and_two_who_take_each_other_away_at_once_leave_one()
    {
        await using var host = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                o.Settings["Identity:Issuer"] = Demo.Issuer;
                Elsewhere.Is(o);
            }
        );
        await host.Sql("UPDATE identity.users SET disabled = true WHERE user_name = 'admin'");
        Assert.Null(await FirstAdministrator(host, "first"));
        Assert.Null(await FirstAdministrator(host, "first", "no address"));
        var said = await FirstAdministrator(host, "first", "first@pac.example");
        using (var browser = new Browser(host))
        {
            var page = (await browser.Open(new Uri(said!.Split(": ")[1]).PathAndQuery)).Expect(200);
            (await browser.Submit(page, ("new", "năm từ hoàn toàn khác 9"), ("again", "năm từ hoàn toàn khác 9"))).Expect(303);
            (await browser.SignIn("first", "năm từ hoàn toàn khác 9")).Expect(303);
        }
        Assert.Contains("already", await FirstAdministrator(host, "second", "second@pac.example"), StringComparison.Ordinal);
        await host.Sql("UPDATE identity.users SET disabled = true WHERE user_name = 'first'");
        var (one, two) = (await Desk.OfPerson(host), await Desk.OfPerson(host));
        await Task.WhenAll(one.Desk.Acts(two.User.Id, "disable"), two.Desk.Acts(one.User.Id, "disable"));
        Assert.Equal(
            1,
            await host.Scalar<long>("SELECT count(*) FROM identity.users WHERE id IN ($1, $2) AND NOT disabled", one.User.Id, two.User.Id)
        );
    }

    [Fact]
    public async Task An_administrator_of_a_centre_reaches_his_people_and_nobody_else()
    {
        var all = await Desk.Of(Host);
        var desk = await Desk.Of(Host, "centre:66-22015");
        var (his, _) = await all.Has([new { role = "ReceptionOfficer", scope = "centre:66-22015" }]);
        var (foreign, _) = await all.Has([new { role = "ReceptionOfficer", scope = "centre:dak-lak" }]);
        var (shared, _) = await all.Has([
            new { role = "ReceptionOfficer", scope = "centre:66-22015" },
            new { role = "HrOfficer", scope = "province" },
        ]);
        var seen = (await desk.Client.Get("/api/v1/users?limit=100"))
            .Expect(200)
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(u => u.GetProperty("id").GetGuid())
            .ToList();
        Assert.Contains(his, seen);
        Assert.DoesNotContain(foreign, seen);
        (await desk.Reads(foreign)).Expect(404);
        (await desk.Client.Get($"/api/v1/users/{foreign}/sessions")).Expect(404);
        (await desk.Client.Post($"/api/v1/users/{foreign}/disable", null, ("If-Match", "\"1\""))).Expect(404);
        (await desk.Acts(shared, "disable")).Expect(403, "identity.beyond-reach");
        (await desk.Assigns(his, "HrOfficer")).Expect(403, "identity.beyond-reach");
        (await desk.Assigns(his, "Cashier", "centre:dak-lak")).Expect(403, "identity.beyond-reach");
        (await desk.Assigns(his, "Cashier", "centre:66-22015")).Expect(200);
        (await desk.Creates(assignments: [new { role = "Cashier", scope = "centre:dak-lak" }])).Expect(403, "identity.beyond-reach");
        (await desk.Creates()).Expect(403, "identity.beyond-reach");
        (await desk.Creates(assignments: [new { role = "Cashier", scope = "centre:66-22015" }])).Expect(201);
        (await desk.Client.Post("/api/v1/roles", new { code = "Mine", role = Desk.Content("identity.read") })).Expect(
            403,
            "identity.beyond-reach"
        );
        (await desk.Client.Get("/api/v1/audit-entries")).Expect(403, "identity.beyond-reach");
        var name = await Host.Scalar<string>("SELECT user_name FROM identity.users WHERE id = $1", foreign);
        var report = (await desk.Imports($"userName,displayName,role,scope\n{name},A,Cashier,centre:66-22015\n")).Expect(200).Json;
        Assert.Equal("identity.beyond-reach", report.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_role_is_made_changed_and_deleted_only_as_it_was_seen_and_only_while_nobody_holds_it()
    {
        var desk = await Desk.Of(Host);
        var role = await desk.Role("identity.read");
        var path = $"/api/v1/roles/{role.Id}";
        (await desk.Client.Post("/api/v1/roles", new { code = role.Code, role = Desk.Content() })).Expect(409, "identity.name-taken");
        (await desk.Client.Put(path, Desk.Content())).Expect(428);
        var changed = (await desk.Client.Put(path, Desk.Content("identity.audit"), ("If-Match", role.Tag))).Expect(200);
        Assert.Equal("identity.audit", Assert.Single(changed.Json.GetProperty("permissions").EnumerateArray()).GetString());
        (await desk.Client.Put(path, Desk.Content(), ("If-Match", role.Tag))).Expect(412);
        (await desk.Client.Put(path, Desk.Content("identity.fly"), ("If-Match", changed.ETag))).Expect(422, "identity.unknown-permission");
        (await desk.Client.Put(path, """{"vietnamese":"a","english":"b","permissions":[null]}""", ("If-Match", changed.ETag))).Expect(400);
        var (id, _) = await desk.Has([new { role = role.Code, scope = "province" }]);
        (await desk.Client.Delete(path, ("If-Match", (await desk.Client.Get(path)).ETag))).Expect(409, "identity.role-in-use");
        var user = await desk.Reads(id);
        var assignment = user.Json.GetProperty("assignments")[0].GetProperty("id").GetGuid();
        (await desk.Client.Delete($"/api/v1/users/{id}/assignments/{assignment}", ("If-Match", user.ETag))).Expect(200);
        (await desk.Client.Delete(path, ("If-Match", (await desk.Client.Get(path)).ETag))).Expect(204);
        (await desk.Client.Get(path)).Expect(404);
        Assert.Contains(
            (await desk.Client.Get("/api/v1/roles?limit=100")).Expect(200).Json.GetProperty("items").EnumerateArray(),
            r => r.GetProperty("code").GetString() == "SystemAdmin"
        );
    }

    private static async Task<string?> FirstAdministrator(ModuleHost host, params string[] args)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var verb = scope.ServiceProvider.GetServices<IVerb>().Single(v => v.Name == "first-administrator");
        return await verb.Run(args, TestContext.Current.CancellationToken);
    }

    private Task<long> Mixed(Guid user) =>
        Host.Scalar<long>(
            """
            SELECT count(*) FROM identity.user_roles a JOIN identity.role_permissions p ON p.role_id = a.role_id
            JOIN identity.user_roles b ON b.user_id = a.user_id JOIN identity.role_permissions q ON q.role_id = b.role_id
            WHERE a.user_id = $1 AND p.permission = 'remuneration.calculate' AND q.permission = 'remuneration.approve'
            """,
            user
        );

    private static object Machine(params string[] roles) =>
        new
        {
            clientId = "m-" + Guid.CreateVersion7().ToString("N"),
            kind = "machine",
            settings = new
            {
                name = "Máy",
                owner = "Sở",
                scopes = new[] { "remuneration" },
                grants = roles.Select(r => new { role = r, scope = "province" }),
            },
        };
}
