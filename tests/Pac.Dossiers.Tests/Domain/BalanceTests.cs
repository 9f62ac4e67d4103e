using CsCheck;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>Whatever is done in whatever order: figures balance and the clock has no gap.</summary>
public sealed class BalanceTests
{
    private const int Dossiers = 4;

    // Which dossier, which act, how many hours later.
    private static readonly Gen<(int Dossier, int Act, int Hours)[]> AnyActs = Gen.Select(
        Gen.Int[0, Dossiers - 1],
        Gen.Int[0, 6],
        Gen.Int[0, 60]
    ).Array[0, 60];

    [Fact]
    public void What_was_received_is_settled_or_open_after_every_act() =>
        AnyActs.Sample(acts =>
        {
            var (dossiers, deltas) = Play(acts);
            for (var n = 1; n <= deltas.Count; n++)
                Assert.True(deltas.Take(n).Sum(d => d.Received) >= deltas.Take(n).Sum(d => d.Settled));
            var open = dossiers.Count(d => d.SettledAt is null);
            Assert.Equal(deltas.Sum(d => d.Received), deltas.Sum(d => d.Settled) + open);
            Assert.Equal(deltas.Sum(d => d.Settled), deltas.Sum(d => d.Early + d.OnTime + d.Late));
            Assert.Equal(dossiers.Count(d => d.Status == DossierStatus.Returned), deltas.Sum(d => d.Returned));
            Assert.Equal(dossiers.Count(d => d.Outcome == Outcome.Refusal), deltas.Sum(d => d.Refused));
        });

    [Fact]
    public void Received_and_carried_over_are_settled_and_open_in_every_period() =>
        Gen.Select(AnyActs, Gen.Int[0, 60], Gen.Int[0, 60])
            .Sample(
                (acts, a, b) =>
                {
                    var (dossiers, deltas) = Play(acts);
                    var from = Some.Now.LocalDay().AddDays(Math.Min(a, b));
                    var to = Some.Now.LocalDay().AddDays(Math.Max(a, b));
                    var before = deltas.Where(d => d.Day < from).ToList();
                    var inside = deltas.Where(d => d.Day >= from && d.Day <= to).ToList();
                    var openAtEnd = dossiers.Count(d =>
                        d.ReceivedAt.LocalDay() <= to && (d.SettledAt is null || d.SettledAt.Value.LocalDay() > to)
                    );
                    Assert.Equal(
                        inside.Sum(d => d.Received) + before.Sum(d => d.Received - d.Settled),
                        inside.Sum(d => d.Settled) + openAtEnd
                    );
                }
            );

    [Fact]
    public void Every_act_is_one_event_and_the_clock_runs_without_a_gap_until_the_end() =>
        AnyActs.Sample(acts =>
        {
            foreach (var dossier in Play(acts).Dossiers)
            {
                Assert.Equal(dossier.Events.Count, dossier.Revision);
                var segments = dossier.Clock!.Segments;
                Assert.Equal(dossier.ReceivedAt, segments[0].From);
                Assert.Equal(dossier.SettledAt, segments[^1].To);
                Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
                Assert.All(dossier.Steps, s => Assert.Equal(s.CompletedAt is null, s.Result is null));
            }
        });

    private static (IReadOnlyList<Dossier> Dossiers, IReadOnlyList<SummaryDelta> Deltas) Play((int Dossier, int Act, int Hours)[] acts)
    {
        var dossiers = new Dossier?[Dossiers];
        var now = Some.Now;
        foreach (var (place, act, hours) in acts)
        {
            now = now.AddHours(hours);
            try
            {
                Do(ref dossiers[place], act, now);
            }
            catch (BusinessRuleException)
            {
                // Refused acts leave no trace; that is part of what is checked.
            }
        }
        var there = dossiers.OfType<Dossier>().ToList();
        var done = there.SelectMany(d => d.Events).OfType<IDossierAct>().OrderBy(a => a.At);
        return (there, [.. done.SelectMany(SummaryDelta.Of)]);
    }

    private static void Do(ref Dossier? dossier, int act, DateTimeOffset now)
    {
        if (dossier is null)
        {
            dossier = Some.Received(at: now);
            return;
        }
        switch (act)
        {
            case 0:
                dossier.Transfer(now);
                break;
            case 1:
                dossier.Assign("somebody", Some.Officer, now);
                break;
            case 2 or 3:
                dossier.CompleteStep(now);
                break;
            case 4:
                dossier.Settle(Some.Result, "nguyên nhân", Some.Officer, now);
                break;
            case 5:
                dossier.Settle(Some.Refusal, "nguyên nhân", Some.Officer, now);
                break;
            default:
                dossier.Return(ReturnMethod.Post, null, Some.Officer, now);
                break;
        }
    }
}
