using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>Who may call what: every operation of the document, with requests that do succeed for whoever may.</summary>
[Collection(RightsCollection.Name)]
public sealed class AccessTests(RightsHost fixture)
{
    private static readonly Guid Nothing = Guid.Parse("01900000-0000-7000-8000-000000000000");

    [Fact]
    public async Task Without_a_token_or_with_one_that_is_none_only_what_is_approved_answers()
    {
        var approved = await File.ReadAllLinesAsync(
            Path.Combine(TestDatabase.RepositoryRoot(), "architecture-tests", "approved", "anonymous.txt"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(approved.Order(), fixture.Document.Operations.Where(o => o.IsOpen).Select(o => o.Id).Order());
        var (nobody, liar) = (fixture.Host.Anonymous(), fixture.Host.With("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiJhZG1pbiJ9."));
        foreach (var request in await Requests())
        {
            var (reply, lied) = (await request.By(nobody), await request.By(liar));
            if (request.Operation.IsOpen)
            {
                Assert.True(reply.Status is >= 200 and < 300, $"{request}: {reply}");
                continue;
            }
            Assert.True(reply.Status == 401 && reply.Code == "unauthenticated", $"{request}: {reply}");
            Assert.True(reply.Header("WWW-Authenticate") == "Bearer", $"{request} does not say how to sign in");
            Assert.True(lied.Status == 401, $"{request}: {lied}");
            Assert.True(lied.Header("WWW-Authenticate") == "Bearer error=\"invalid_token\"", $"{request} does not say what is wrong");
        }
    }

    [Fact]
    public async Task An_application_reaches_only_what_its_scopes_cover()
    {
        var requests = await Requests();
        var scopes = requests
            .SelectMany(r => r.Operation.Scopes)
            .SelectMany(s => new[] { s, s.Replace(".read", "", StringComparison.Ordinal) });
        foreach (var scope in scopes.Distinct().ToList())
        {
            // The person may do everything, so it is the application that is held back.
            var application = await fixture.AllPowerful("province", scope);
            foreach (var request in requests.Where(r => !r.Operation.IsOpen))
            {
                var covered = request.Operation.Scopes.Any(s => s == scope || s == scope + ".read");
                await Expect(application, request, covered, "with the scope " + scope);
            }
        }
    }

    [Fact]
    public async Task An_application_with_no_scope_of_the_api_reaches_nothing()
    {
        var application = await fixture.AllPowerful("province", "");
        foreach (var request in (await Requests()).Where(r => !r.Operation.IsOpen))
            await Expect(application, request, false, "without a scope");
    }

    [Fact]
    public async Task A_job_is_followed_by_applications_that_may_touch_its_module_and_no_others()
    {
        var composer = new Composer(fixture.Document, await fixture.AllPowerful("province"));
        foreach (var id in new[] { "GetJob", "FollowJob" })
        {
            var request = await composer.Compose(fixture.Document.Operations.Single(o => o.Id == id));
            (await request.By(await fixture.AllPowerful("province", "dossiers.read"))).Expect(200);
            (await request.By(await fixture.AllPowerful("province", "facilities"))).Expect(404, "job-not-found");
        }
    }

    [Fact]
    public async Task Every_role_reaches_what_its_permissions_cover_and_nothing_else()
    {
        var requests = await Requests();
        var roles = fixture.SeededRoles;
        Assert.True(roles.Count >= 17, "The seeded roles are missing.");
        foreach (var role in roles)
        {
            var permissions = await fixture.PermissionsOf(role);
            var holder = await fixture.Holding(role);
            foreach (var request in requests.Where(r => !r.Operation.IsOpen))
            {
                var needed = fixture.Permissions[request.Operation.Id];
                await Expect(holder, request, needed is null || permissions.Contains(needed), "as " + role);
            }
        }
    }

    [Fact]
    public async Task Every_permission_is_asked_for_somewhere_and_held_by_some_role()
    {
        var held = new HashSet<string>();
        foreach (var role in fixture.SeededRoles)
            held.UnionWith(await fixture.PermissionsOf(role));
        var needed = fixture.Document.Operations.Select(o => fixture.Permissions[o.Id]).OfType<string>().ToHashSet();
        Assert.Empty(needed.Except(held));
    }

    private static async Task Expect(HttpClient caller, ApiRequest request, bool allowed, string who)
    {
        if (!allowed)
        {
            var refused = await request.By(caller);
            Assert.True(refused.Status == 403 && refused.Code == "forbidden", $"{request} {who}: {refused}");
            return;
        }
        // As far as the check of rights and no further, so that many may try in turn.
        var passed = await Blunted(request).By(caller);
        Assert.True(passed.Status is not (401 or 403), $"{request} {who}: {passed}");
    }

    // The same request on a thing that does not exist, or with a body that is refused.
    private static ApiRequest Blunted(ApiRequest request) =>
        request with
        {
            Path = request.Operation.HasItem ? Unknown.In(request) : request.Path,
            Body = request.Body is null || request.Operation.HasItem ? request.Body : System.Text.Json.Nodes.JsonValue.Create("{"),
        };

    private async Task<List<ApiRequest>> Requests()
    {
        var composer = new Composer(fixture.Document, await fixture.AllPowerful("province"));
        List<ApiRequest> requests = [];
        foreach (var operation in fixture.Document.Operations)
            requests.Add(await composer.Compose(operation));
        return requests;
    }
}
