using Microsoft.Playwright;
using Npgsql;
using Pac.Host.Tests;
using Pac.Testing;
using static Microsoft.Playwright.Assertions;

namespace Pac.Browser.Tests;

/// <summary>The pages of administration as an administrator uses them.</summary>
public sealed class AdminTests(Stage stage) : BrowserTests(stage)
{
    private static readonly string[] StaticPages =
    [
        "/admin",
        "/admin/users",
        "/admin/users/new",
        "/admin/users/import",
        "/admin/roles",
        "/admin/roles/new",
        "/admin/clients",
        "/admin/clients/new",
        "/admin/audit",
    ];

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Every_page_is_accessible(string language)
    {
        var user = await Scalar("SELECT id FROM identity.users WHERE user_name = 'officer'");
        var assignment = await Scalar($"SELECT id FROM identity.user_roles WHERE user_id = '{user}'");
        var role = await Scalar("SELECT id FROM identity.roles WHERE name = 'AgencyLeader'");
        var machine = await Scalar("SELECT id FROM identity.clients WHERE client_id = 'demo-machine'");
        var front = await Scalar("SELECT id FROM identity.clients WHERE client_id = 'demo-spa'");
        var secret = await Scalar($"SELECT id FROM identity.client_secrets WHERE client_id = '{machine}' LIMIT 1");
        var page = await NewPage(language);
        await SignIn(page, "admin", "/admin");
        string[] pages =
        [
            .. StaticPages,
            .. new[] { "", "/edit", "/disable", "/roles/new", $"/roles/{assignment}", $"/roles/{assignment}/revoke" }.Select(p =>
                $"/admin/users/{user}{p}"
            ),
            .. new[] { "", "/edit", "/delete" }.Select(p => $"/admin/roles/{role}{p}"),
            .. new[] { "", "/edit", "/activity", "/try", "/secrets/new", $"/secrets/{secret}/revoke" }.Select(p =>
                $"/admin/clients/{machine}{p}"
            ),
            $"/admin/clients/{front}/try",
        ];
        foreach (var path in pages)
        {
            await page.GotoAsync(path);
            Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
            await Check.Page(page, path.Contains(front, StringComparison.Ordinal) ? "front" : "");
        }
    }

    [Fact]
    public async Task Long_and_empty_lists_are_read_page_by_page_and_stay_accessible()
    {
        await Execute(
            """
            INSERT INTO identity.users (id, user_name, normalized_user_name, display_name, search, disabled, created_at, changed_at,
                email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            SELECT gen_random_uuid(), 'row' || i, 'ROW' || i, 'Người thứ ' || i, 'nguoi thu ' || i || ' row' || i, false, now(), now(),
                false, false, false, true, 0
            FROM generate_series(1000, 1499) i ON CONFLICT DO NOTHING
            """
        );
        var page = await NewPage("en");
        await SignIn(page, "admin", "/admin/users?search=row");
        await Expect(page.Locator("caption")).ToHaveTextAsync("500 users, by user name");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(20);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("row1020");
        await Check.Page(page, "long");
        await page.GetByRole(AriaRole.Link, new() { Name = "First page" }).ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("row1000");

        await page.GetByLabel("Name, user name or e-mail address").FillAsync("nobody at all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("No user matches.");
        await Check.Page(page, "empty");
        await page.GotoAsync("/admin/clients?search=nothing");
        await Check.Page(page, "empty");
        await page.GotoAsync("/admin/audit?thing=nothing");
        await Expect(page.Locator("main")).ToContainTextAsync("No entry matches.");
        await Check.Page(page, "empty");
    }

    [Fact]
    public async Task A_centre_gets_an_administrator_who_sees_only_its_people_until_the_role_is_taken_away()
    {
        var name = Fresh("quan");
        var page = await NewPage("en");
        await SignIn(page, "admin", "/admin/users/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the user" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).First).ToHaveAttributeAsync("href", "#userName");
        await Check.Page(page, "refused");
        await page.Locator("#userName").FillAsync(name);
        await page.Locator("#displayName").FillAsync("<b>Nguyễn</b> & \"Quản\"");
        await page.Locator("#role").SelectOptionAsync("SystemAdmin");
        await page.Locator("#scope").SelectOptionAsync($"centre:{Sandbox.CommuneCentre}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the user" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeFocusedAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("User: <b>Nguyễn</b> & \"Quản\"");
        var address = new Uri(page.Url).AbsolutePath;
        await Check.Page(page, "saved");

        // The password of the demonstration, without the letter.
        await Execute(
            $"UPDATE identity.users SET password_hash = (SELECT password_hash FROM identity.users WHERE user_name = 'admin') WHERE user_name = '{name}'"
        );
        var own = await NewPage("en");
        await SignIn(own, name, "/admin/users");
        await Expect(own.Locator("caption")).ToContainTextAsync("users, by user name");
        await Expect(own.Locator("tbody")).ToContainTextAsync("officer2");
        Assert.DoesNotContain(await own.Locator("tbody td:nth-child(2)").AllTextContentsAsync(), t => t is "admin" or "officer");
        await own.GotoAsync("/admin/users/" + await Scalar("SELECT id FROM identity.users WHERE user_name = 'officer'"));
        await Expect(own.Locator("h1")).ToHaveTextAsync("Not found");
        await own.GotoAsync("/admin/users/new");
        Assert.Equal(["", $"centre:{Sandbox.CommuneCentre}"], await Values(own, "#scope option"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Take away" }).ClickAsync();
        await Expect(page.Locator(".warn")).ToContainTextAsync("Manage users and assign roles");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the role away" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("The user holds no role.");
        await own.GotoAsync("/admin/users");
        await Expect(own.Locator("h1")).ToHaveTextAsync("You may not see this page");

        await page.GetByRole(AriaRole.Link, new() { Name = "Give a role" }).ClickAsync();
        await page.Locator("#role").SelectOptionAsync("HrOfficer");
        await page.Locator("#scope").SelectOptionAsync("province");
        await page.Locator("#endsOn").FillAsync("2020-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the role" }).ClickAsync();
        await Expect(page.Locator("#endsOn-fault")).ToHaveTextAsync("The last day has passed already.");
        await page.Locator("#endsOn").FillAsync("2099-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the role" }).ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Until 31 Dec 2099");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change the period" }).ClickAsync();
        await Expect(page.Locator("#endsOn")).ToHaveValueAsync("2099-12-31");
        await page.Locator("#endsOn").FillAsync("2098-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Until 31 Dec 2098");

        await page.GetByRole(AriaRole.Link, new() { Name = "Disable" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, do it" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Disabled");
        await own.GotoAsync("/admin/users");
        await Expect(own).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?returnUrl=%2Fadmin%2Fusers$"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Enable" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, do it" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Active");
        Assert.Equal(address, new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Two_administrators_at_one_user_are_told_and_nothing_typed_is_lost()
    {
        var name = Fresh("hai");
        var page = await NewPage("en");
        await SignIn(page, "admin", "/admin/users/new");
        await page.Locator("#userName").FillAsync(name);
        await page.Locator("#displayName").FillAsync("Trần Hai");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the user" }).ClickAsync();
        var user = new Uri(page.Url).AbsolutePath;
        await page.GetByRole(AriaRole.Link, new() { Name = "Change the details" }).ClickAsync();
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(user + "/edit");
        await other.Locator("#phone").FillAsync("0262 123456");
        await other.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(other.Locator(".facts")).ToContainTextAsync("0262 123456");

        await page.Locator("#displayName").FillAsync("Trần Thị Hai");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else has just changed this.");
        await Expect(page.Locator("#displayName")).ToHaveValueAsync("Trần Thị Hai");
        await Check.Page(page, "stale");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("User: Trần Thị Hai");
    }

    [Fact]
    public async Task Users_are_imported_after_a_dry_run_that_names_what_is_wrong()
    {
        var name = Fresh("nhap");
        var page = await NewPage("en");
        await SignIn(page, "admin", "/admin/users/import");
        await Upload(page, $"userName,displayName,role,scope\n{name},Lê Nhập,Nonesuch,centre:dak-lak\n{name} x,,,\n");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("There is no role");
        await Check.Page(page, "errors");
        await Upload(page, $"userName,displayName,role,scope\n{name},Lê Nhập,Cashier,centre:dak-lak\n");
        await Expect(page.Locator("main")).ToContainTextAsync("The file has no errors. Nothing was saved yet.");
        Assert.Equal("0", await Scalar($"SELECT count(*) FROM identity.users WHERE user_name = '{name}'"));
        await Check.Page(page, "dry-run");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import for good" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The change is saved.");
        Assert.Equal("1", await Scalar($"SELECT count(*) FROM identity.users WHERE user_name = '{name}'"));
        await Upload(page, "not,a,list\n1,2,3\n", open: true);
        await Expect(page.Locator("#file-fault")).ToContainTextAsync("The header has these columns only");
    }

    [Fact]
    public async Task A_role_is_made_checked_changed_and_deleted_and_duties_stay_apart()
    {
        var code = Fresh("Role").Replace(".", "", StringComparison.Ordinal);
        var page = await NewPage("en");
        await SignIn(page, "admin", "/admin/roles/new");
        await page.Locator("#code").FillAsync(code);
        await page.Locator("#vietnamese").FillAsync("Người thử");
        await page.Locator("#english").FillAsync("Tester " + code);
        await page.GetByLabel("Manage users and assign roles").CheckAsync();
        await page.GetByLabel("See the audit trail").Or(page.GetByLabel("See and export the audit trail")).CheckAsync();
        await page.Locator("input[value='dossiers.read']").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the role" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Two duties have to be kept apart");
        await Check.Page(page, "apart");
        await page.Locator("input[value='dossiers.read']").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Check.Page(page, "check");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the role" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Role: Tester " + code);

        await page.GetByRole(AriaRole.Link, new() { Name = "Change the role" }).ClickAsync();
        await page.GetByLabel("Manage users and assign roles").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.Locator(".warn li")).ToHaveTextAsync("Manage users and assign roles");
        await Check.Page(page, "taken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the answers" }).ClickAsync();
        await Expect(page.GetByLabel("Manage users and assign roles")).Not.ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the role" }).ClickAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Manage users and assign roles");

        await page.GetByRole(AriaRole.Link, new() { Name = "Delete the role" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the role" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/admin/roles\\?done=1$"));
        await page.GotoAsync("/admin/roles/" + await Scalar("SELECT id FROM identity.roles WHERE name = 'Cashier'") + "/delete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the role" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The role is held by");
    }

    [Fact]
    public async Task An_application_is_registered_used_given_a_new_secret_and_turned_off()
    {
        var client = Fresh("may").Replace('.', '-');
        var page = await NewPage("en");
        await SignIn(page, "admin", "/admin/clients/new");
        await page.Locator("#clientId").FillAsync(client);
        await page.Locator("#kind").SelectOptionAsync("Machine");
        await page.Locator("#name").FillAsync("Máy <script>");
        await page.Locator("#owner").FillAsync("Sở thử, 0262 3123456");
        await page.Locator("#scope-facilities").CheckAsync();
        await page.Locator("#redirectAddresses").FillAsync("https://x.example/*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await Expect(page.Locator("#redirectAddresses-fault")).ToContainTextAsync("a machine has none");
        await page.Locator("#redirectAddresses").FillAsync("");
        await page.Locator("#role-FacilityManager").CheckAsync();
        await page.Locator("#grantScope").SelectOptionAsync("province");
        await page.Locator("#rateLimitPerMinute").FillAsync("600");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        var first = await page.Locator("#secret").TextContentAsync();
        await Check.Page(page, "secret");
        await Takes(client, first!, 200);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Application: Máy <script>");
        Assert.DoesNotContain(first!, await page.ContentAsync(), StringComparison.Ordinal);
        var address = new Uri(page.Url).AbsolutePath;

        await page.GetByRole(AriaRole.Link, new() { Name = "Issue a new secret" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue the secret" }).ClickAsync();
        var second = await page.Locator("#secret").TextContentAsync();
        await Takes(client, first!, 200);
        await Takes(client, second!, 200);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "Revoke" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the secret" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Takes(client, first!, 401);
        await Takes(client, second!, 200);

        await page.GetByRole(AriaRole.Link, new() { Name = "Try it" }).ClickAsync();
        Assert.Equal(["curl", "JavaScript", "C#"], await page.Locator("h2").AllTextContentsAsync());
        await Expect(page.Locator("pre").First).ToContainTextAsync($"client_id={client}");
        await page.GotoAsync(address + "/edit");
        await Expect(page.Locator("#rateLimitPerMinute")).ToHaveValueAsync("600");
        await Expect(page.Locator("#grantScope")).ToHaveValueAsync("province");
        await page.Locator("#rateLimitPerMinute").FillAsync("700");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("700 requests per minute");
        await page.GetByRole(AriaRole.Button, new() { Name = "Disable at once" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Disabled: refused everywhere");
        await Takes(client, second!, 401);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enable" }).ClickAsync();
        await Takes(client, second!, 200);
        await page.GetByRole(AriaRole.Link, new() { Name = "What it did" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Tokens that stand");
    }

    [Fact]
    public async Task The_trail_tells_who_did_what_and_who_looked_at_whose_data_and_is_exported()
    {
        var received = await (await Host.Machine()).Receives(new { name = "Người nộp" });
        var dossier = received.Expect(201).Json.GetProperty("id").GetString()!;
        (await (await Host.User("officer")).Get($"/api/v1/dossiers/{dossier}/applicant")).Expect(200);
        var page = await NewPage("en");
        await SignIn(page, "admin", "/admin/audit");
        await page.GetByRole(AriaRole.Link, new() { Name = "Who looked at personal data" }).ClickAsync();
        await page.Locator("#thing").FillAsync(dossier);
        await page.Locator("#who").FillAsync("officer");
        await page.Locator("#module").SelectOptionAsync("dossiers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("ReadApplicant");
        await page.Locator("summary").ClickAsync();
        await Expect(page.Locator("details dl")).ToContainTextAsync("after: applicant");
        await Check.Page(page, "entry");
        var csv = await page.APIRequest.GetAsync(
            new Uri(
                new Uri(page.Url),
                await page.GetByRole(AriaRole.Link, new() { Name = "Export as CSV" }).GetAttributeAsync("href")
            ).ToString()
        );
        Assert.StartsWith("text/csv", csv.Headers["content-type"], StringComparison.Ordinal);
        Assert.Equal(2, (await csv.TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await page.GotoAsync("/admin/audit?from=2099-01-01");
        await Expect(page.Locator("main")).ToContainTextAsync("No entry matches.");
        await page.GotoAsync("/admin/audit?who=admin&act=ExportAuditEntries");
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Quản trị viên");
        await page.Locator("summary").First.ClickAsync();
        await Expect(page.Locator("details dl").First).ToContainTextAsync("admin-pages");
    }

    [Theory]
    [InlineData("vi", "Bạn không có quyền vào trang này")]
    [InlineData("en", "You may not see this page")]
    public async Task Somebody_without_the_right_is_told_so_and_not_sent_in_a_circle(string language, string title)
    {
        var page = await NewPage(language);
        await SignIn(page, "director", "/admin");
        await Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await Check.Page(page, "closed");
    }

    private static string Fresh(string word) => word + "." + Guid.CreateVersion7().ToString("N")[20..];

    private static async Task<string[]> Values(IPage page, string options) =>
        await page.Locator(options).EvaluateAllAsync<string[]>("all => all.map(o => o.value)");

    private static async Task Upload(IPage page, string csv, bool open = false)
    {
        if (open)
            await page.GotoAsync("/admin/users/import");
        await page.Locator("#file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "users.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes(csv),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
    }

    private async Task Takes(string client, string secret, int status) =>
        (
            await Host.Anonymous()
                .Call(
                    HttpMethod.Post,
                    "/connect/token",
                    Testing.Browser.Form(("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret))
                )
        ).Expect(status);

    private async Task<string> Scalar(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Stage.Database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    private async Task Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Stage.Database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
