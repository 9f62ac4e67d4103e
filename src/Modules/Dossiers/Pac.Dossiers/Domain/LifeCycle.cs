using System.Globalization;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>Which acts are possible in which state (domain study, section 2.4).</summary>
internal static class LifeCycle
{
    public const string Accept = "accept";
    public const string Reject = "reject";
    public const string Transfer = "transfer";
    public const string Assign = "assign";
    public const string Release = "release";
    public const string CompleteStep = "complete-step";
    public const string HandOver = "hand-over";
    public const string Consult = "consultations";
    public const string ReturnToOneStop = "return-to-one-stop";
    public const string RequestSupplement = "request-supplement";
    public const string SubmitSupplement = "submit-supplement";
    public const string HandIn = "hand-in";
    public const string RequestPayment = "request-payment";
    public const string ConfirmPayment = "confirm-payment";
    public const string CancelPayment = "cancel-payment";
    public const string Extend = "extend";
    public const string RequestWithdrawal = "request-withdrawal";
    public const string DecideWithdrawal = "decide-withdrawal";
    public const string Stop = "stop";
    public const string Settle = "settle";
    public const string Return = "return";
    public const string Reopen = "reopen";
    public const string Link = "link";

    private static readonly Dictionary<DossierStatus, string[]> Possible = new()
    {
        [DossierStatus.Submitted] =
        [
            Assign,
            Release,
            Accept,
            Reject,
            RequestSupplement,
            RequestPayment,
            ConfirmPayment,
            CancelPayment,
            RequestWithdrawal,
        ],
        [DossierStatus.Received] =
        [
            Assign,
            Release,
            Transfer,
            HandIn,
            Extend,
            RequestPayment,
            ConfirmPayment,
            CancelPayment,
            RequestWithdrawal,
            Link,
        ],
        [DossierStatus.Rejected] = [],
        [DossierStatus.InProcess] =
        [
            Assign,
            Release,
            CompleteStep,
            HandOver,
            Consult,
            ReturnToOneStop,
            RequestSupplement,
            HandIn,
            RequestPayment,
            ConfirmPayment,
            CancelPayment,
            Extend,
            RequestWithdrawal,
            Stop,
            Settle,
            Link,
        ],
        [DossierStatus.SupplementRequested] = [SubmitSupplement, RequestPayment, ConfirmPayment, CancelPayment, RequestWithdrawal],
        [DossierStatus.FinancialObligationRequested] = [RequestPayment, ConfirmPayment, CancelPayment, RequestWithdrawal, Stop],
        [DossierStatus.WithdrawalRequested] = [DecideWithdrawal],
        [DossierStatus.Stopped] = [Reopen],
        [DossierStatus.Completed] = [RequestPayment, ConfirmPayment, CancelPayment, Return, Reopen],
        [DossierStatus.Returned] = [Reopen],
    };

    /// <summary>The acts that are possible in a state, by the words of the API.</summary>
    public static IReadOnlyList<string> ActsIn(DossierStatus status) => Possible[status];

    /// <summary>The word of a state, as the API writes it.</summary>
    public static string Word(DossierStatus status) => char.ToLowerInvariant(status.ToString()[0]) + status.ToString()[1..];

    /// <summary>An instant as it stands in a refusal.</summary>
    public static string Written(DateTimeOffset at) => at.ToLocal().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Refuses an act that is not possible in a state; the refusal names the state and the acts that are.</summary>
    /// <exception cref="BusinessRuleException">It is not possible.</exception>
    public static void Demand(DossierStatus status, string act)
    {
        if (!Possible[status].Contains(act))
            throw new BusinessRuleException(InState(ErrorFor(act), status));
    }

    /// <summary>A refusal with the state and the acts that are possible in it.</summary>
    public static Error InState(Error error, DossierStatus status) =>
        error.With(Word(status), Possible[status] is [] ? "-" : string.Join(", ", Possible[status]));

    private static Error ErrorFor(string act) =>
        act switch
        {
            Transfer => DossierErrors.NotReceived,
            Assign or Release or CompleteStep or Settle => DossierErrors.NotInProcess,
            Return => DossierErrors.NotCompleted,
            _ => LifeCycleErrors.NotPossible,
        };
}
