using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Features;
using Pac.Dossiers.Features.WorkQueues;
using Pac.Dossiers.Persistence;
using Pac.Dossiers.Tests;
using Pac.Dossiers.Tests.Exchange;
using Pac.Facilities.Contracts;
using Pac.Identity.Contracts;
using Pac.Testing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(DossiersHost))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Pac.Dossiers.Tests;

/// <summary>The dossiers module alone, with its reference data: the whole catalogue, and two centres to receive at.</summary>
public class DossiersHost : ModuleFixture
{
    /// <summary>Where the hosts of this assembly keep files.</summary>
    public static readonly string Folder = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(),
        "pac-files-" + Guid.CreateVersion7().ToString("N")
    );

    public DossiersHost()
        : this([]) { }

    protected DossiersHost(Dictionary<string, string?> settings)
        : this(new(), new(), settings) { }

    private DossiersHost(Facilities facilities, Rights rights, Dictionary<string, string?> settings)
        : base(() =>
            ModuleHost.Start(
                new DossiersModule(),
                o =>
                {
                    o.Answer<GetWorkingCalendars, IReadOnlyList<CentreCalendar>>(facilities.Answer);
                    // A host keeps the key in mind, as it may: the row never changes.
                    o.Keep.Add("index_keys");
                    o.Settings["Files:Folder"] = Folder;
                    o.Settings["Exports:MostRows"] = "20000";
                    o.Sandbox = settings.GetValueOrDefault("Pac:Sandbox") == "true";
                    o.Answer<GetReaches, IReadOnlyList<CallerReach>>(rights.Answer);
                    o.Answer<GetDisplayNames, IReadOnlyList<DisplayNameOf>>(rights.Names);
                    o.Answer<GetRightHolders, IReadOnlyList<RightHolder>>(rights.Answer);
                    o.Answer<GetCentres, IReadOnlyList<CentreName>>(facilities.Answer);
                    o.Settings["Webhooks:AllowPrivateAddresses"] = "true";
                    o.Settings["Webhooks:TimeoutSeconds"] = "2";
                    o.Settings["Webhooks:JitterPercent"] = "0";
                    // Another system is there when a test starts one at this address.
                    o.Settings["Exchange:NationalPortal:On"] = "true";
                    o.Settings["Exchange:NationalPortal:Endpoint"] = PortalSimulator.Address.ToString();
                    o.Settings["Exchange:NationalPortal:Session"] = PortalSimulator.Session;
                    o.Settings["Exchange:IGate:Endpoint"] = IGateSimulator.Address.ToString();
                    o.Settings["Exchange:IGate:ClientId"] = IGateSimulator.ClientId;
                    o.Settings["Exchange:IGate:ClientSecret"] = IGateSimulator.Secret;
                    o.Settings["Exchange:TimeoutSeconds"] = "1";
                    o.Settings["Exchange:FileTimeoutSeconds"] = "2";
                    o.Settings["Exchange:PublicAddress"] = "https://pac.example.vn";
                    o.Settings["Exchange:IntakeCentre"] = Facilities.Centre;
                    o.Settings["Exchange:IntakeCentres:H15.101"] = Facilities.Ward;
                    foreach (var (name, value) in settings)
                        o.Settings[name] = value;
                }
            )
        ) => (Facilities, Rights) = (facilities, rights);

    public Facilities Facilities { get; }

    public Rights Rights { get; }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (GetType() == typeof(DossiersHost) && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>What the identity module says of the rights of those who are not there: everybody has them, until a test says otherwise.</summary>
public sealed class Rights
{
    /// <summary>Who has lost the right, or holds it over these data only.</summary>
    public Dictionary<string, string?> Changed { get; } = [];

    /// <summary>How users are called; who is not here is none.</summary>
    public Dictionary<string, string> Called { get; } = [];

    public IReadOnlyList<DisplayNameOf> Names(GetDisplayNames question) =>
        [.. question.Subjects.Where(Called.ContainsKey).Select(s => new DisplayNameOf(s, Called[s]))];

    /// <summary>Over which data somebody holds the right to work on dossiers; the whole province when not said, nothing when null.</summary>
    public Dictionary<string, string?> Reach { get; } = [];

    /// <summary>Who oversees certain data.</summary>
    public List<RightHolder> Overseers { get; } = [];

    public void Reset()
    {
        Changed.Clear();
        Reach.Clear();
        Overseers.Clear();
    }

    public IReadOnlyList<RightHolder> Answer(GetRightHolders question) =>
        [
            .. question
                .Subjects.Select(s => (Subject: s, Scope: Reach.GetValueOrDefault(s, "province")))
                .Where(r => r.Scope is not null)
                .Select(r => new RightHolder(r.Subject, r.Scope!)),
            .. Overseers.Where(o => question.Scopes.Contains(o.Scope)),
        ];

    public IReadOnlyList<CallerReach> Answer(GetReaches question) =>
        [
            .. question
                .Callers.Select(c => (Caller: c, Scope: Changed.GetValueOrDefault(c.Subject, "province")))
                .Where(c => c.Scope is not null)
                .Select(c => new CallerReach(c.Caller.Subject, c.Caller.ClientId, c.Scope!)),
        ];
}

/// <summary>Tests of the module over HTTP, with the acts of a dossier at hand.</summary>
public abstract class DossierTests(DossiersHost fixture) : ModuleTests(fixture)
{
    /// <summary>Five working days, six steps; the licence and the form are asked for, the health certificate comes from shared data.</summary>
    protected const string Licence = "1.002809";

    /// <summary>A procedure of the communes, answered on the same day until 15:00.</summary>
    protected const string Birth = "1.001193";

    /// <summary>Eight working hours at the counter, twenty-four by post; four steps of 2, 3, 2 and 1 hours.</summary>
    protected const string Origin = "1.000603";

    protected const string Police = "H15.09";
    protected const string Trade = "H15.05";
    protected const string WardCommittee = "H15.101";

    protected static readonly string[] Everything = [.. DossiersPermissions.All.Select(p => p.Name)];

    /// <summary>A result that goes back by post, to the applicant.</summary>
    protected static readonly object ByPost = new { method = "post", consignmentNumber = "EE123456789VN" };

    protected Facilities Facilities { get; } = fixture.Facilities;

    protected Rights Rights { get; } = fixture.Rights;

    /// <summary>Somebody who may do everything, in the whole province.</summary>
    protected HttpClient Officer { get; } = fixture.Host.Client(Everything);

    /// <summary>Somebody else who may do everything, in the whole province.</summary>
    protected HttpClient Leader => Over("province", "leader");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Facilities.Reset();
        fixture.Rights.Reset();
        Forget(Host);
    }

    /// <summary>Somebody who may do everything, but only with certain data.</summary>
    protected HttpClient Over(string scope, string subject = "test-user") =>
        Host.Client(TestCaller.May(Everything).Over(scope).As(subject));

    /// <summary>A reception as a counter sends it.</summary>
    protected static Dictionary<string, object?> Reception(string procedure = Licence, string centre = Facilities.Centre) =>
        new()
        {
            ["centreCode"] = centre,
            ["procedureCode"] = procedure,
            ["applicant"] = procedure == Origin ? Person.Company : Person.Given,
            ["documents"] = Papers(
                procedure switch
                {
                    Licence => ["form", "licence"],
                    Birth => ["form", "birth"],
                    Origin => ["form", "invoice"],
                    _ => ["form"],
                }
            ),
        };

    protected static object[] Papers(params string[] codes) => [.. codes.Select(c => new { code = c, kind = "original" })];

    /// <summary>Receives a dossier.</summary>
    protected async Task<Reply> Receive(string procedure = Licence, string centre = Facilities.Centre, string? agency = null)
    {
        var reception = Reception(procedure, centre);
        if (agency is not null)
            reception["agencyCode"] = agency;
        return (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
    }

    /// <summary>Does an act on a dossier as it was last seen.</summary>
    protected async Task<Reply> Act(Reply seen, string act, object? body = null, HttpClient? by = null) =>
        await (by ?? Officer).Post($"{Path(seen)}/{act}", body ?? new { }, ("If-Match", seen.ETag));

    /// <summary>Adds a file of the result.</summary>
    protected async Task<Reply> AttachResult(Reply dossier) =>
        await Officer.Call(
            HttpMethod.Post,
            Path(dossier) + "/documents?kind=result",
            Calls.Body(Features.Documents.TestFiles.Pdf(), "application/pdf"),
            ("Content-Disposition", "attachment; filename=ket-qua.pdf")
        );

    /// <summary>A leader, who is not the officer, approves that a finished dossier is opened again.</summary>
    protected async Task<Reply> ApproveReopening(Reply dossier) =>
        (await Act(dossier, "approve-reopening", new { reason = "Kết luận thanh tra", office = "Giám đốc Sở" }, Leader)).Expect(200);

    /// <summary>A leader, who is not the officer, approves the move to another version.</summary>
    protected async Task<Reply> ApproveMove(Reply dossier, int version, string? variantCode = null) =>
        (
            await Act(
                dossier,
                "approve-version-move",
                new
                {
                    version,
                    variantCode,
                    reason = "Có lợi hơn cho người nộp",
                    office = "Giám đốc Trung tâm",
                },
                Leader
            )
        ).Expect(200);

    /// <summary>Takes a dossier to its last step.</summary>
    protected async Task<Reply> ToLastStep(Reply received)
    {
        return await AllSteps((await Act(received, "transfer", new { note = "đủ giấy tờ" })).Expect(200));
    }

    /// <summary>Completes the steps of a dossier in process up to the last one, which ends by settling.</summary>
    protected async Task<Reply> AllSteps(Reply dossier)
    {
        while (true)
        {
            var next = await Act(dossier, "complete-step");
            if (next.Status == 409)
                return dossier;
            dossier = next.Expect(200);
        }
    }

    protected static object Signed(string? refusal = null, string? lateCause = null) =>
        new
        {
            number = "12/GP",
            date = "2026-11-23",
            signer = "Giám đốc",
            refusalReason = refusal,
            lateCause,
        };

    /// <summary>Settles a dossier with a result, from wherever it stands.</summary>
    protected async Task<Reply> Settle(Reply received, string? lateCause = null) =>
        (await Act(await ToLastStep(received), "settle", Signed(lateCause: lateCause))).Expect(200);

    /// <summary>Settles a dossier, and pays what is due before its result goes out.</summary>
    protected async Task<Reply> SettlePaid(Reply received) => await PayAll(await Settle(received));

    /// <summary>Pays everything that is awaited, as the national portal reports it.</summary>
    protected async Task<Reply> PayAll(Reply dossier)
    {
        var payments = (await Officer.Get(Path(dossier) + "/payments")).Expect(200).Json.GetProperty("payments");
        foreach (var awaited in payments.EnumerateArray().Where(p => p.GetProperty("status").GetString() == "waiting"))
        {
            var number = awaited.GetProperty("number").GetInt32();
            dossier = (
                await Act(
                    dossier,
                    "confirm-payment",
                    new
                    {
                        number,
                        method = "nationalPortal",
                        receiptNumber = $"P-{number}",
                    }
                )
            ).Expect(200);
        }
        return dossier;
    }

    protected static string Path(Reply dossier) => "/api/v1/dossiers/" + Text(dossier, "id");

    protected static string Text(Reply reply, string member) => reply.Json.GetProperty(member).GetString()!;

    /// <summary>The members at fault, as pointer and code.</summary>
    protected static IEnumerable<(string Pointer, string Code)> Faults(Reply reply) =>
        reply
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(e => (e.GetProperty("pointer").GetString()!, e.GetProperty("code").GetString()!));

    protected static IReadOnlyList<JsonElement> Items(Reply reply, string name = "items") =>
        [.. reply.Expect(200).Json.GetProperty(name).EnumerateArray()];

    /// <summary>Reads a list to its end; <paramref name="between"/> happens after every page.</summary>
    protected static async Task<List<JsonElement>> Walk(HttpClient client, string path, Func<Task>? between = null)
    {
        List<JsonElement> rows = [];
        for (var next = path; next is not null; )
        {
            var page = (await client.Get(next)).Expect(200);
            rows.AddRange(Items(page));
            next = page.Header("Link")?.Split('<', '>')[1];
            Assert.Equal(next is null, !page.Json.TryGetProperty("nextCursor", out _));
            if (between is not null)
                await between();
        }
        return rows;
    }

    /// <summary>Waits until so many sessions of the database wait for a lock.</summary>
    protected static async Task Waiting(ModuleHost host, int sessions)
    {
        while (
            await host.Scalar<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
            < sessions
        )
            await Task.Delay(10);
    }

    // What a host remembers of published versions is true for ever, but not when the tables are filled anew.
    private static void Forget(ModuleHost host)
    {
        host.Services.GetRequiredService<KnownCentres>().ByCode.Clear();
        host.Services.GetRequiredService<KnownCentres>().All = null;
        host.Services.GetRequiredService<KnownCentres>().Names = null;
        host.Services.GetRequiredService<KnownThreshold>().Kept = null;
        host.Services.GetRequiredService<KnownProcedures>().ByCode.Clear();
    }
}

/// <summary>The applicant of most tests.</summary>
public static class Person
{
    public const string Name = "Nguyễn Thị Ánh Nguyệt";
    public const string Identity = "066190001234";
    public const string TaxCode = "6001234562";
    public const string Phone = "0905123456";
    public const string Email = "anh.nguyet@example.vn";
    public const string Address = "12 Lê Duẩn, phường Buôn Ma Thuột";

    public static readonly object Given = new
    {
        name = Name,
        identityNumber = Identity,
        phone = Phone,
        email = Email,
        address = Address,
    };

    /// <summary>The same as a company, which certificates of origin are for.</summary>
    public static readonly object Company = new
    {
        name = Name,
        kind = "enterprise",
        identityNumber = TaxCode,
        phone = Phone,
        email = Email,
        address = Address,
    };

    public static readonly string[] Values = [Name, Identity, Phone, Email, Address];
}
