using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>
/// Whoever has every permission, but over other data: another centre, another agency, or only the own. Nothing of a dossier reaches them by
/// any operation of the document, and what is hidden cannot be told from what does not exist.
/// </summary>
[Collection(RightsCollection.Name)]
public sealed partial class OtherCentreTests(RightsHost fixture)
{
    // What everybody with the permission may see of the whole province; anything else that is added is held to be hidden.
    internal static readonly string[] SeenByAll =
    [
        "ListCalendars",
        "GetCalendar",
        "ListCalendarVersions",
        "GetCalendarVersion",
        "ListCentres",
        "GetCentre",
        "GetCentreCalendar",
        "ListCounters",
        "GetCounter",
        "ListQualityParameters",
        "ListRoles",
        "GetRole",
        "FindClients",
        "GetClient",
        "GetClientActivity",
        "WhoAmI",
        "ListPermissions",
        "ListProcedureDrafts",
        "GetProcedureDraft",
        "CompareProcedureDraft",
        "CheckProcedureDraft",
        "GetCompleteness",
        "GetPublicationTimes",
        "ListLegalTerms",
        "ListEscalationRules",
        // One's own, or cut by what one sees: the counts of the queues and the lists of dossiers are compared with the data scopes, row by row,
        // in the tests of the module.
        "FindQueuedDossiers",
        "ListEscalations",
        "ListDossierExports",
        "ListClockReplays",
        "ListReplayedDossiers",
        "ListDocumentTypes",
        "ListWebhookEventTypes",
        "ListNotificationTemplates",
        "GetNotificationTemplate",
        "ListRetentionRules",
    ];

    // Accepts the file whatever lies in it; each row is judged for itself.
    private static readonly string[] JudgedByTheRow =
    [
        "StartImport",
        "ExportDossiers",
        "ImportUsers",
        "BulkAssign",
        "BulkRelease",
        "BulkHandOver",
        "BulkTransfer",
    ];

    // Asks in a body, because the question is personal; answers with what the caller may see, which is nothing.
    private static readonly string[] Questions = ["SearchDossiers", "FindKnownApplicant", "FindReusableDocuments"];

    // Refused to all others before anything is looked for, so the refusal says nothing.
    private static readonly string[] OfTheProvince = ["ExportAuditChain"];

    public static TheoryData<string> Outside => new() { RightsHost.OwnCentre, "agency:H15.05", "own" };

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task What_was_done_for_others_is_refused(string scope)
    {
        var (composer, outsider) = await Both(scope);
        List<string> open = [];
        foreach (var operation in Hidden().Where(o => o.HasItem || !o.IsRead).ExceptBy([.. JudgedByTheRow, .. Questions], o => o.Id))
        {
            var request = await composer.Compose(operation);
            var reply = await request.By(outsider);
            if (reply.Status is not (403 or 404))
                open.Add($"{request}: {reply}");
            // Where reading is not for all, only 404 keeps the secret.
            else if (operation.HasItem && CanBeHidden(operation) && !OfTheProvince.Contains(operation.Id) && reply.Status != 404)
                open.Add($"{request} gives away that it exists: {reply}");
            if (operation.NeedsIfMatch && await request.With("If-Match", "\"1\"").By(outsider) is { Status: not (403 or 404) } stale)
                open.Add($"{request} tells whether a version is the present one: {stale}");
            // Once somebody who may has done it under a key, that key opens nothing either.
            if (operation.Method != HttpMethod.Post)
                continue;
            var keyed = request.With("Idempotency-Key", "rights-" + Guid.CreateVersion7());
            var done = await keyed.By(await fixture.AllPowerful("province"));
            var again = await keyed.By(outsider);
            if (done.Status is < 200 or >= 300 || again.Status is not (403 or 404))
                open.Add($"{request} under a key: {done}, then {again}");
        }
        Assert.True(open.Count == 0, $"Open to {scope}:\n" + string.Join('\n', open));
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task What_is_hidden_cannot_be_told_from_what_does_not_exist(string scope)
    {
        var (composer, outsider) = await Both(scope);
        var tried = 0;
        foreach (var operation in Hidden().Where(o => o.HasItem && CanBeHidden(o)))
        {
            var hidden = await composer.Compose(operation);
            foreach (var (what, probe) in Probes(hidden))
            {
                var unknown = probe with { Path = Unknown.In(probe) };
                var (there, nowhere) = (await probe.By(outsider), await unknown.By(outsider));
                Assert.True(
                    there.Status is 404 or 400 or 428 or 415 || there.Status == 403 && OfTheProvince.Contains(operation.Id),
                    $"{probe} ({what}) by {scope}: {there}"
                );
                Assert.Equal(Bare(nowhere, what, unknown, probe), Bare(there, what, unknown, probe));
                tried++;
            }
        }
        Assert.True(tried > 40, "Too little was tried.");
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task Lists_searches_and_figures_are_as_if_it_did_not_exist(string scope)
    {
        var (composer, outsider) = await Both(scope);
        var insider = await fixture.AllPowerful("province");
        var earlier = await Secrets.Make(composer, insider, fixture.Document);
        var reads = new List<ApiRequest>();
        foreach (var operation in Hidden().Where(o => o.IsRead && !o.HasItem))
            reads.AddRange(Searches(await composer.Compose(operation), earlier));
        var (seenBefore, hiddenBefore) = (await Answers(reads, insider), await Answers(reads, outsider));

        var later = await Secrets.Make(composer, insider, fixture.Document);

        var (seenAfter, hiddenAfter) = (await Answers(reads, insider), await Answers(reads, outsider));
        List<string> shown = [];
        foreach (var (read, before, after) in reads.Zip(hiddenBefore, hiddenAfter))
        {
            if (before != after)
                shown.Add($"{read} shows what others did: {before} became {after}");
            foreach (var word in earlier.Words.Concat(later.Words).Where(w => after.Contains(w, StringComparison.OrdinalIgnoreCase)))
                shown.Add($"{read} shows {word}");
        }
        Assert.True(shown.Count == 0, $"Shown to {scope}:\n" + string.Join('\n', shown));
        // Whoever may see it does: else the comparison would say nothing.
        var unmoved = reads
            .Zip(seenBefore, seenAfter)
            .GroupBy(r => r.First.Operation.Id)
            .Where(g => g.All(r => r.Second == r.Third))
            .Select(g => g.Key);
        Assert.Empty(unmoved);
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task Rows_of_other_centres_are_not_imported(string scope)
    {
        var (composer, outsider) = await Both(scope);
        var import = await composer.Compose(fixture.Document.Operations.Single(o => o.Id == "StartImport"));
        var job = await outsider.JobDone(await import.By(outsider));
        Assert.Equal(0, job.GetProperty("result").GetProperty("imported").GetInt64());
        var faults = await outsider.Get($"/api/v1/dossier-imports/{job.GetProperty("id").GetGuid()}/errors");
        Assert.Equal(
            "outside-scope",
            Assert.Single(faults.Expect(200).Json.GetProperty("items").EnumerateArray()).GetProperty("code").GetString()
        );
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task Users_of_other_centres_are_not_imported(string scope)
    {
        var (composer, outsider) = await Both(scope);
        var import = await composer.Compose(fixture.Document.Operations.Single(o => o.Id == "ImportUsers"));
        var report = (await import.WithQuery("dryRun", "false").By(outsider)).Expect(200).Json;
        Assert.False(report.GetProperty("done").GetBoolean());
        var fault = Assert.Single(report.GetProperty("errors").EnumerateArray());
        Assert.Equal((2, "identity.beyond-reach"), (fault.GetProperty("line").GetInt32(), fault.GetProperty("code").GetString()));
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task A_search_for_a_person_finds_nothing_of_other_centres(string scope)
    {
        var (composer, outsider) = await Both(scope);
        var insider = await fixture.AllPowerful("province");
        (await composer.ReceiveMarked()).Expect(201);
        foreach (var by in new object[] { new { identityNumber = Composer.Identity }, new { name = Composer.Name } })
        {
            Assert.NotEmpty((await insider.Post("/api/v1/dossier-searches", by)).Expect(200).Json.GetProperty("items").EnumerateArray());
            Assert.Empty((await outsider.Post("/api/v1/dossier-searches", by)).Expect(200).Json.GetProperty("items").EnumerateArray());
        }
        var known = new { identityNumber = Composer.Identity };
        (await insider.Post("/api/v1/known-applicants", known)).Expect(200);
        (await outsider.Post("/api/v1/known-applicants", known)).Expect(404);
    }

    [Fact]
    public async Task Whoever_tracks_a_dossier_learns_nothing_of_the_person()
    {
        var insider = await fixture.AllPowerful("province");
        var composer = new Composer(fixture.Document, insider);
        var secrets = await Secrets.Make(composer, insider, fixture.Document);
        foreach (var operation in fixture.Document.Operations.Where(o => o.IsOpen))
        {
            var request = await composer.Compose(operation);
            if (operation.HasItem && operation.Template.Contains("tracking", StringComparison.Ordinal))
                request = request with { Path = "/api/v1/tracking/" + secrets.Code };
            var reply = await request.By(fixture.Host.Anonymous());
            foreach (var word in secrets.Personal)
                Assert.False(reply.Text.Contains(word, StringComparison.OrdinalIgnoreCase), $"{request} shows {word}: {reply}");
        }
        var page = await fixture.Host.Anonymous().Get("/track/" + secrets.Code);
        Assert.Contains(secrets.Code, page.Expect(200).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secrets.Personal, word => page.Text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<(Composer Composer, HttpClient Outsider)> Both(string scope) =>
        (new(fixture.Document, await fixture.AllPowerful("province")), await fixture.AllPowerful(scope));

    private IEnumerable<ApiOperation> Hidden() => fixture.Document.Operations.Where(o => !o.IsOpen && !SeenByAll.Contains(o.Id));

    // A change of what everybody may see is refused, and need not be hidden.
    private bool CanBeHidden(ApiOperation operation) =>
        operation.Cuts.All(c => fixture.Document.Find(HttpMethod.Get, c) is not { } read || !read.IsOpen && !SeenByAll.Contains(read.Id));

    // The ways in which an answer might give away that there is something.
    private static IEnumerable<(string, ApiRequest)> Probes(ApiRequest request)
    {
        yield return ("as it should be", request);
        yield return ("seen already", request.With("If-None-Match", "\"1\""));
        yield return ("under a key", request.With("Idempotency-Key", "rights-probe-" + Guid.CreateVersion7()));
        if (request.Operation.NeedsIfMatch)
        {
            yield return ("of an old version", request.With("If-Match", "\"1\""));
            yield return ("of no version", request.With("If-Match", null));
        }
        if (request.Operation.BodySchema is not null)
        {
            yield return ("with an empty body", request with { Body = new JsonObject() });
            yield return ("with a broken body", request with { Body = JsonValue.Create("{") });
            yield return ("with more than is known", request with { Body = new JsonObject { ["unheard"] = 1 } });
        }
        foreach (var parameter in request.Operation.Query.Where(q => q.Example is not null))
            yield return (parameter.Name, request.WithQuery(parameter.Name, parameter.Example!.ToString()));
    }

    // A list as it comes, counted, and asked by each of its parameters for each thing that is to be hidden.
    private static IEnumerable<ApiRequest> Searches(ApiRequest list, Secrets secrets)
    {
        yield return list;
        foreach (var parameter in list.Operation.Query.Where(q => q.Name is not ("from" or "to" or "year" or "cursor" or "limit")))
        {
            IEnumerable<string> values = parameter switch
            {
                { Words.Count: > 0 } => parameter.Words,
                { Type: "boolean" } => ["true", "false"],
                { Format: "date" } => [Composer.Period.From, Composer.Period.To],
                { Name: "groupBy" } =>
                [
                    "day",
                    "week",
                    "month",
                    "centre",
                    "agency",
                    "field",
                    "procedure",
                    "channel",
                    "day,centre,agency,procedure",
                ],
                { Name: "sort" } => ["-receivedAt", "dueAt"],
                { Type: "string" } => secrets.Words.Append(parameter.Example?.ToString() ?? ""),
                _ => [],
            };
            foreach (var value in values.Where(v => v.Length > 0))
                yield return list.WithQuery(parameter.Name, value);
        }
    }

    private static async Task<List<string>> Answers(List<ApiRequest> reads, HttpClient caller)
    {
        List<string> answers = [];
        foreach (var read in reads)
            answers.Add(Timeless(await read.By(caller)));
        return answers;
    }

    // A spreadsheet is an archive with the time of its making; the same rows are compared as JSON and CSV.
    private static string Timeless(Reply reply) =>
        reply.Header("Content-Type")?.Contains("spreadsheetml", StringComparison.Ordinal) == true
            ? $"{reply.Status} spreadsheet"
            : $"{reply.Status} {MadeAt().Replace(Moment().Replace(reply.Text, "\"$1\":\"\""), "")}";

    // Status, names of headers and body, without what tells one request from another.
    private static string Bare(Reply reply, string what, params ApiRequest[] requests)
    {
        var text = requests.SelectMany(Unknown.ValuesIn).Aggregate(Timeless(reply), (t, v) => t.Replace(v, "…", StringComparison.Ordinal));
        return $"{requests[0].Operation.Id}, {what}: {text} {string.Join(' ', reply.Headers.Select(h => h.Key).Order(StringComparer.OrdinalIgnoreCase))}";
    }

    [GeneratedRegex("\"(asOf|traceId)\": ?\"[^\"]*\"")]
    private static partial Regex Moment();

    // When a file was made, as it stands behind every row of it.
    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")]
    private static partial Regex MadeAt();
}
