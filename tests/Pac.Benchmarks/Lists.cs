using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Pac.Benchmarks;

/// <summary>
/// Lists and searches in a full database: for a province leader, who sees all, for a clerk, who sees one centre of 103, and from a bare endpoint with
/// the clerk's statement written by hand. Three take turns; what counts is processor time of host and database per request.
/// </summary>
internal static class Lists
{
    private const int Connections = 8;
    private const int Rounds = 3;
    private const string Centre = "dak-lak";
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(1);

    // Question of the bare side, address of the product, body when it is a search.
    private static readonly (string Name, string Address, string? Body)[] Questions =
    [
        ("newest", "api/v1/dossiers", null),
        ("open", "api/v1/dossiers?status=inProcess", null),
        ("procedure", "api/v1/dossiers?procedureCode=1.004194", null),
        ("field", "api/v1/dossiers?fieldCode=residence", null),
        ("agency", "api/v1/dossiers?agencyCode=H15.09", null),
        ("channel", "api/v1/dossiers?channel=post", null),
        ("month", "api/v1/dossiers?receivedFrom=2025-03-01&receivedTo=2025-03-31", null),
        ("overdue", "api/v1/dossiers?overdue=true", null),
        ("most urgent", "api/v1/dossiers?sort=dueAt", null),
        ("code", "api/v1/dossiers?code=B-500000", null),
        ("identity number", "api/v1/dossier-searches", """{"identityNumber":"066190000123"}"""),
        ("common name", "api/v1/dossier-searches", """{"name":"nguyễn"}"""),
        ("rare name", "api/v1/dossier-searches", """{"name":"Zubeida H'mok"}"""),
    ];

    public static async Task Run(Bench bench, int dossiers)
    {
        await Fill(bench, dossiers, openOneIn: 199);
        await bench.StartHost(background: false);
        Console.WriteLine();
        Console.WriteLine(
            $"Lists over {dossiers:N0} dossiers, {Connections} connections, {Rounds} rounds of {RoundTime.TotalSeconds:0} s in turns; microseconds of processor per request, host + database"
        );
        Console.WriteLine(
            "                            leader               clerk     bare (clerk)   clerk/leader (aim under 1.30)   bare/clerk (aim 0.60)"
        );
        using var bare = bench.Client(bench.BareAddress, Connections);
        using var leader = bench.Client(bench.HostAddress, Connections, await bench.TokenOf("bench-leader", "province"));
        using var clerk = bench.Client(bench.HostAddress, Connections, await bench.TokenOf("bench-clerk", "centre:" + Centre));
        foreach (var question in Questions)
        {
            var address = $"lists?centre={Centre}&question={Uri.EscapeDataString(question.Name)}";
            await Compare(bench, question.Name, [() => Ask(question), () => Ask(question), () => Get(address)], [leader, clerk, bare]);
        }
        var page = await clerk.GetFromJsonAsync<JsonElement>(new Uri("api/v1/dossiers?limit=100", UriKind.Relative));
        var ids = page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!).ToList();
        var turn = 0;
        string Next() => ids[Interlocked.Increment(ref turn) % ids.Count];
        await Compare(
            bench,
            "timeline",
            [
                () => Get($"api/v1/dossiers/{Next()}/timeline"),
                () => Get($"api/v1/dossiers/{Next()}/timeline"),
                () => Get($"timelines/{Next()}"),
            ],
            [leader, clerk, bare]
        );
    }

    private static async Task Compare(Bench bench, string name, Func<HttpRequestMessage>[] requests, HttpClient[] sides)
    {
        var sum = new Usage[sides.Length];
        for (var round = -2; round < Rounds; round++)
        for (var side = 0; side < sides.Length; side++)
        {
            var request = requests[side];
            var server = side < 2 ? bench.Host!.Id : bench.Bare.Id;
            var usage = await Load.Measure(bench, server, sides[side], Connections, RoundTime, _ => request());
            // The first rounds warm up.
            if (round >= 0)
                sum[side] += usage;
        }
        var (leader, clerk, bare) = (sum[0], sum[1], sum[2]);
        Console.WriteLine(
            $"  {name, -18}{Text(leader), 20}{Text(clerk), 20}{Text(bare), 20}{clerk.Cpu / leader.Cpu, 20:0.00}{bare.Cpu / clerk.Cpu, 26:0.00}"
        );
    }

    public static string Text(Usage u) => $"{u.Host:N0} + {u.Database:N0}";

    // Twenty agencies, 52 procedures and 103 centres over seven years. As many are open as is said; one of 400 is returned by another centre.
    public static async Task Fill(Bench bench, int dossiers, int openOneIn)
    {
        var watch = Stopwatch.StartNew();
        await bench.Renew();
        using var client = bench.Client(bench.HostAddress, 1);
        // One dossier the ordinary way: its number is sealed as numbers are.
        using (var received = await client.SendAsync(Requests.Reception()))
            received.EnsureSuccessStatusCode();
        await bench.Execute(
            $$"""
            CREATE TEMP TABLE model AS SELECT * FROM dossiers.dossiers ORDER BY received_at DESC LIMIT 1;
            CREATE TEMP TABLE indexes AS SELECT indexdef, format('%I.%I', schemaname, indexname) AS name FROM pg_indexes
                WHERE schemaname = 'dossiers' AND tablename IN ('dossiers', 'timeline') AND indexname NOT LIKE 'pk%';
            DO $do$ DECLARE i record; BEGIN FOR i IN SELECT * FROM indexes LOOP EXECUTE 'DROP INDEX ' || i.name; END LOOP; END $do$;
            INSERT INTO dossiers.dossiers (id, revision, code, procedure_code, procedure_version, field_code, centre_code, agency_code, return_centre_code,
                channel, status, applicant_kind, applicant_name, applicant_search, applicant_identity_number, applicant_identity_index, components,
                clock, calendar_code, steps, received_at, due_at, settled_at, returned_at, outcome, source, source_id)
            SELECT gen_random_uuid(), 3, 'B-' || i, p, 1, CASE i % 12 WHEN 0 THEN 'residence' ELSE 'field-' || i % 12 END,
                CASE i % 103 WHEN 0 THEN 'dak-lak' ELSE 'centre-' || i % 103 END, CASE i % 20 WHEN 0 THEN 'H15.09' ELSE 'H15.' || 20 + i % 20 END,
                CASE i % 400 WHEN 7 THEN 'dak-lak' END, (ARRAY['Counter', 'Online', 'Post'])[1 + i % 3],
                CASE WHEN open THEN 'InProcess' ELSE 'Returned' END, 'Citizen', name, lower(name), '066*****0123', sha256(i::text::bytea),
                m.components, m.clock, m.calendar_code, '[]', t, t + interval '5 days', CASE WHEN NOT open THEN t + interval '3 days' END,
                CASE WHEN NOT open THEN t + interval '4 days' END, CASE WHEN NOT open THEN 'Result' END, 'bench', i::text
            FROM (
                SELECT i, timestamptz '2019-01-01' + interval '7 years' * (i::float8 / {{dossiers}}) AS t, i % {{openOneIn}} = 5 AS open,
                    CASE i % 52 WHEN 0 THEN '1.004194' ELSE '9.' || lpad((i % 52)::text, 6, '0') END AS p,
                    (ARRAY['Nguyen', 'Tran', 'Le', 'Pham', 'Hoang', 'Y', 'H''Mok'])[1 + i % 7] || ' '
                        || (ARRAY['Van', 'Thi', 'Duc', 'Ngoc', 'Minh'])[1 + i / 7 % 5] || ' ' || chr(97 + i / 35 % 26) || chr(97 + i / 910 % 26) || 'n' AS name
                FROM generate_series(1, {{dossiers}}) AS i
            ) AS x, model AS m;
            UPDATE dossiers.dossiers SET applicant_identity_index = (SELECT applicant_identity_index FROM model),
                applicant_name = 'Zubeida H''mok', applicant_search = 'zubeida h''mok'
            WHERE id IN (SELECT id FROM dossiers.dossiers WHERE source_id IN ('499990', '100', '50058', '120510', '721'));
            INSERT INTO dossiers.timeline (id, dossier_id, at, act, subject)
            SELECT gen_random_uuid(), id, received_at + interval '1 day' * n, (ARRAY['received', 'transferred', 'stepCompleted', 'settled', 'returned'])[n + 1], 'bench'
            FROM dossiers.dossiers, generate_series(0, 4) AS n WHERE source = 'bench' AND source_id::int % 5 = 0;
            DO $do$ DECLARE i record; BEGIN FOR i IN SELECT * FROM indexes LOOP EXECUTE i.indexdef; END LOOP; END $do$;
            """
        );
        await bench.Execute("VACUUM ANALYZE dossiers.dossiers");
        await bench.Execute("VACUUM ANALYZE dossiers.timeline");
        Console.WriteLine($"  filled in {watch.Elapsed.TotalSeconds:0} s");
    }

    private static HttpRequestMessage Ask((string Name, string Address, string? Body) question) =>
        question.Body is null
            ? Get(question.Address)
            : new(HttpMethod.Post, question.Address) { Content = new StringContent(question.Body, Encoding.UTF8, "application/json") };

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);
}
