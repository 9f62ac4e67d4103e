using System.Text.Json.Nodes;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>Who may call what, asked of the running host for every operation of the document.</summary>
public sealed class PermissionMatrixTests(SharedHost fixture)
{
    private static readonly string[] Methods = ["get", "put", "post", "patch", "delete"];
    private static readonly Task<List<Operation>> Document = Read();

    [Fact]
    public async Task Without_a_token_only_what_is_open_to_anybody_answers()
    {
        var anybody = fixture.Host.Anonymous();
        foreach (var operation in await Document)
        {
            var reply = await operation.Call(anybody);
            if (operation.IsOpen)
                Assert.True(reply.Status is not (401 or 403) && reply.Status < 500, $"{operation}: {reply}");
            else
                Assert.True(reply.Status == 401 && reply.Code == "unauthenticated", $"{operation}: {reply}");
        }
    }

    [Fact]
    public async Task A_token_that_is_none_is_refused_everywhere_it_is_asked_for()
    {
        var liar = fixture.Host.With("eyJhbGciOiJub25lIn0.e30.");
        foreach (var operation in (await Document).Where(o => !o.IsOpen))
            Assert.True((await operation.Call(liar)).Status == 401, operation.ToString());
    }

    [Fact]
    public async Task An_application_reaches_only_what_its_scopes_cover()
    {
        foreach (var scope in new[] { "dossiers", "dossiers.read", "facilities", "facilities.read" })
        {
            var application = await fixture.Host.Machine(scope);
            foreach (var operation in (await Document).Where(o => o.NeedsPermission))
            {
                var covered = operation.Scopes[0] == scope || operation.Scopes[0] == scope + ".read";
                var reply = await operation.Call(application);
                Assert.True(
                    covered ? reply.Status is not (401 or 403) && reply.Status < 500 : reply.Status == 403,
                    $"{operation} with {scope}: {reply}"
                );
            }
        }
    }

    [Fact]
    public async Task A_person_without_a_role_in_the_centre_may_do_nothing_that_needs_a_permission()
    {
        var citizen = await fixture.Host.User("citizen");
        foreach (var operation in await Document)
        {
            var reply = await operation.Call(citizen);
            if (operation.NeedsPermission)
                Assert.True(reply.Status == 403 && reply.Code == "forbidden", $"{operation}: {reply}");
            else
                Assert.True(reply.Status is not (401 or 403) && reply.Status < 500, $"{operation}: {reply}");
        }
    }

    // Who may call which of the operations that need a permission; all others are refused.
    public static TheoryData<string, string> Roles =>
        new()
        {
            { "admin", FacilitiesRead },
            { "hr", FacilitiesRead },
            { "accountant", FacilitiesRead },
            { "cashier", $"{FacilitiesRead} {DossiersRead}" },
            { "controller", $"{FacilitiesRead} {DossiersRead} {Statistics} PublishProcedureVersion" },
            { "facility", $"{FacilitiesRead} {FacilitiesWrite}" },
            { "officer", $"{FacilitiesRead} {DossiersRead} {Personal} ReceiveDossier TransferDossier ReturnDossier" },
            { "caseofficer", $"{FacilitiesRead} {DossiersRead} {Personal} {Process}" },
            { "leader", $"{FacilitiesRead} {DossiersRead} {Personal} {Process} SettleDossier {Statistics}" },
            { "director", $"{FacilitiesRead} {FacilitiesWrite} {DossiersRead} {Personal} TransferDossier {Statistics}" },
        };

    private const string FacilitiesRead =
        "ListCalendars GetCalendar ListCalendarVersions GetCalendarVersion ListCentres GetCentre GetCentreCalendar ListCounters GetCounter GetCounterActivity";

    private const string FacilitiesWrite = "SetSpecialDays PublishCalendarVersion EstablishCentre ChangeCentre SetUpCounter ChangeCounter";

    private const string DossiersRead = "FindDossiers GetDossier ListDocuments GetSteps GetTimeline";
    private const string Personal = "ReadApplicant PrintReceipt";
    private const string Statistics = "GetStatistics ListLateDossiers CompareYears";
    private const string Process = "AssignDossier CompleteStep";

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Everybody_may_call_what_belongs_to_the_role_and_nothing_else(string user, string allowed)
    {
        var expected = allowed.Split(' ').ToHashSet();
        var client = await fixture.Host.User(user);
        List<string> reached = [];
        foreach (var operation in (await Document).Where(o => o.NeedsPermission))
        {
            var reply = await operation.Call(client);
            Assert.True(reply.Status < 500, $"{operation}: {reply}");
            if (reply.Status != 403)
                reached.Add(operation.Id);
        }
        Assert.Equal(expected.Order(), reached.Order());
    }

    private static async Task<List<Operation>> Read()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(TestDatabase.RepositoryRoot(), "src", "Host", "openapi.v1.json"));
        List<Operation> operations =
        [
            .. JsonNode.Parse(text)!["paths"]!
                .AsObject()
                .SelectMany(p => Methods.Where(m => p.Value![m] is not null).Select(m => Operation.Of(p.Key, m, p.Value![m]!))),
        ];
        Assert.True(operations.Count > 40, "The document names too few operations.");
        return operations;
    }

    /// <summary>An operation of the document, called as far as the check of rights and no further.</summary>
    private sealed record Operation(string Id, HttpMethod Method, string Path, string[] Scopes, string? MediaType)
    {
        private static readonly Guid Nothing = Guid.Parse("01900000-0000-7000-8000-000000000000");

        public bool IsOpen => Scopes.Length == 0;

        // What merely needs a sign-in names a scope of every module.
        public bool NeedsPermission => Scopes.Length == 1;

        public static Operation Of(string path, string method, JsonNode operation) =>
            new(
                operation["operationId"]!.GetValue<string>(),
                HttpMethod.Parse(method),
                path.Replace("{id}", Nothing.ToString(), StringComparison.Ordinal)
                    .Replace("{code}", "unknown", StringComparison.Ordinal)
                    .Replace("{version}", "1", StringComparison.Ordinal),
                [.. operation["security"]!.AsArray().SelectMany(s => s!["oauth"]?.AsArray() ?? []).Select(s => s!.GetValue<string>())],
                operation["requestBody"]?["content"]?.AsObject().Select(c => c.Key).First()
            );

        public Task<Reply> Call(HttpClient client) =>
            client.Call(Method, Path, MediaType is null ? null : Calls.Body("{}", MediaType), ("If-Match", "\"1\""));

        public override string ToString() => $"{Id} ({Method} {Path})";
    }
}
