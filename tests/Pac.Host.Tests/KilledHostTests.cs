using System.Collections.Concurrent;
using System.Globalization;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>A host that is killed while counters work loses nothing and does nothing twice.</summary>
public sealed class KilledHostTests
{
    private const int Writers = 8;
    private const int ReceptionsBeforeEachKill = 60;
    private static readonly string[] Procedures = ["1.014196", "1.002755", "1.014390"];

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_once_and_repeating_the_rest_makes_no_doubles()
    {
        await using var database = await Databases.Sandbox();
        await using var first = await RunningHost.Start(database.ConnectionString);
        var counters = (await (await first.Machine()).CountersOf(Sandbox.ProvincialCentre))[..3];
        var ledger = new Ledger(counters);

        await WriteUntilKilled(first, ledger);
        await using var second = await first.StartAgain();
        Assert.NotEmpty(ledger.Unanswered);
        await WriteUntilKilled(second, ledger);
        await using var third = await second.StartAgain();
        var client = await third.Machine();
        foreach (var work in ledger.Unanswered)
            ledger.Acknowledge(work, (await Eventually.Answers(201, () => work.Ask(client))));
        foreach (var (work, code) in ledger.Acknowledged.Take(Writers))
            Assert.Equal(code, Code((await work.Ask(client)).Expect(201)));

        var stored = await All(client);
        Assert.Equal(ledger.Acknowledged.Values.Order(), stored.Order());
        Counters.AreGapless(stored);
        Assert.Equal(
            stored.Count,
            await database.Scalar<long>(
                "SELECT count(DISTINCT payload->>'dossierId') FROM dossiers.outbox WHERE name = 'dossiers.dossier-received.v1'"
            )
        );
        await database.Delivered();
        foreach (var counter in counters)
            Assert.Equal(ledger.Acknowledged.Keys.Count(w => w.Counter == counter), await client.Activity(counter));
        await client.FindsNoDifference();
        foreach (var host in new[] { first, second, third })
            Assert.DoesNotContain(Work.NameOfAll, host.Said, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task WriteUntilKilled(RunningHost host, Ledger ledger)
    {
        var client = await host.Machine();
        var aim = ledger.Acknowledged.Count + ReceptionsBeforeEachKill;
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => Write(client, ledger))).ToList();
        await Eventually.True(
            () => Task.FromResult(ledger.Acknowledged.Count >= aim || writers.Exists(w => w.IsFaulted)),
            "The writers do not get on."
        );
        await host.Kill();
        await Task.WhenAll(writers);
    }

    // Writes until the host is gone. What was asked for and not answered stays open in the ledger.
    private static async Task Write(HttpClient client, Ledger ledger)
    {
        while (true)
        {
            var work = ledger.Next();
            try
            {
                ledger.Acknowledge(work, (await work.Ask(client)).Expect(201));
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static async Task<List<string>> All(HttpClient client)
    {
        List<string> codes = [];
        var next = "/api/v1/dossiers?limit=100";
        while (true)
        {
            var page = (await client.Get(next)).Expect(200).Json;
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("code").GetString()!));
            if (!page.TryGetProperty("nextCursor", out var cursor))
                return codes;
            next = "/api/v1/dossiers?limit=100&cursor=" + Uri.EscapeDataString(cursor.GetString()!);
        }
    }

    private static string Code(Reply reply) => reply.Json.GetProperty("code").GetString()!;

    private sealed record Work(int Number, string Key, Guid Counter, string Procedure)
    {
        public const string NameOfAll = "Y Bhiao";

        public Task<Reply> Ask(HttpClient client) =>
            client.Receives(
                new { name = string.Create(CultureInfo.InvariantCulture, $"{NameOfAll} {Number}"), identityNumber = "066190000123" },
                Counter,
                Procedure,
                key: Key
            );
    }

    /// <summary>What was asked for, and what was acknowledged.</summary>
    private sealed class Ledger(Guid[] counters)
    {
        private readonly ConcurrentBag<Work> _asked = [];
        private int _count;

        public ConcurrentDictionary<Work, string> Acknowledged { get; } = new();

        public List<Work> Unanswered => [.. _asked.Where(w => !Acknowledged.ContainsKey(w))];

        public Work Next()
        {
            var number = Interlocked.Increment(ref _count);
            var work = new Work(
                number,
                Guid.CreateVersion7().ToString(),
                counters[number % counters.Length],
                Procedures[number / 2 % Procedures.Length]
            );
            _asked.Add(work);
            return work;
        }

        public void Acknowledge(Work work, Reply reply) => Acknowledged[work] = Code(reply);
    }
}
