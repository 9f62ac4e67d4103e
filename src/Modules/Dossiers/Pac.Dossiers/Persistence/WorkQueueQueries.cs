using System.Linq.Expressions;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>How many dossiers each queue holds, in the order of <see cref="WorkQueue.All"/>.</summary>
internal sealed class QueueTally
{
    public int Mine { get; init; }
    public int Unit { get; init; }
    public int Unassigned { get; init; }
    public int DueSoon { get; init; }
    public int Overdue { get; init; }
    public int Intake { get; init; }
    public int WaitingCitizen { get; init; }
    public int WaitingPayment { get; init; }
    public int WaitingAgency { get; init; }
    public int ToReturn { get; init; }

    public IReadOnlyList<int> InOrder() =>
        [Mine, Unit, Unassigned, DueSoon, Overdue, Intake, WaitingCitizen, WaitingPayment, WaitingAgency, ToReturn];
}

/// <summary>
/// Counts and lists of the queues. Both begin with what is open, or with the results that wait, for which there are partial indexes: what has
/// been finished is neither read nor counted, however much there is of it.
/// </summary>
internal static class WorkQueueQueries
{
    private static readonly string[] Members =
    [
        nameof(QueueTally.Mine),
        nameof(QueueTally.Unit),
        nameof(QueueTally.Unassigned),
        nameof(QueueTally.DueSoon),
        nameof(QueueTally.Overdue),
        nameof(QueueTally.Intake),
        nameof(QueueTally.WaitingCitizen),
        nameof(QueueTally.WaitingPayment),
        nameof(QueueTally.WaitingAgency),
        nameof(QueueTally.ToReturn),
    ];

    /// <summary>The counts of all queues, in one statement that passes once over what is open.</summary>
    public static IQueryable<QueueTally> Tally(this DossiersDbContext db, QueueLook look) =>
        Flags(db, look, ofFinished: false)
            .Concat(Flags(db, look, ofFinished: true))
            .GroupBy(_ => 1)
            .Select(g => new QueueTally
            {
                Mine = g.Sum(f => f.Mine),
                Unit = g.Sum(f => f.Unit),
                Unassigned = g.Sum(f => f.Unassigned),
                DueSoon = g.Sum(f => f.DueSoon),
                Overdue = g.Sum(f => f.Overdue),
                Intake = g.Sum(f => f.Intake),
                WaitingCitizen = g.Sum(f => f.WaitingCitizen),
                WaitingPayment = g.Sum(f => f.WaitingPayment),
                WaitingAgency = g.Sum(f => f.WaitingAgency),
                ToReturn = g.Sum(f => f.ToReturn),
            });

    /// <summary>The dossiers of one queue.</summary>
    public static IQueryable<Dossier> Queued(this DossiersDbContext db, WorkQueue queue, QueueLook look) =>
        db.Visible.Where(queue.Holds(look));

    private static IQueryable<QueueTally> Flags(DossiersDbContext db, QueueLook look, bool ofFinished)
    {
        Specification<Dossier> among = ofFinished ? new ResultWaits() : new OpenDossier();
        var dossier = Expression.Parameter(typeof(Dossier), "d");
        var flags = WorkQueue.All.Select(
            (queue, i) =>
                Expression.Bind(
                    typeof(QueueTally).GetProperty(Members[i])!,
                    queue.OfFinished == ofFinished
                        ? Expression.Condition(Of(queue.Rule(look), dossier), Expression.Constant(1), Expression.Constant(0))
                        : Expression.Constant(0)
                )
        );
        var flag = Expression.Lambda<Func<Dossier, QueueTally>>(Expression.MemberInit(Expression.New(typeof(QueueTally)), flags), dossier);
        return db.Visible.Where(among).Select(flag);
    }

    private static Expression Of(Specification<Dossier> rule, ParameterExpression dossier) =>
        new Swap(rule.Criteria.Parameters[0], dossier).Visit(rule.Criteria.Body);

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
