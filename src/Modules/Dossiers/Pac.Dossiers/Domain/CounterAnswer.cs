using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal readonly record struct CounterAnswerId(Guid Value) : IStrongId<CounterAnswerId>
{
    public static CounterAnswerId From(Guid value) => new(value);

    public static bool operator <(CounterAnswerId left, CounterAnswerId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(CounterAnswerId left, CounterAnswerId right) => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>What a counter answers when it does not receive what a person brings.</summary>
internal enum CounterAnswerKind
{
    /// <summary>Papers are missing or wrong: which, and why (form 02).</summary>
    Incomplete,

    /// <summary>It cannot be received at all (form 03).</summary>
    Refusal,
}

/// <summary>What was brought and is not received.</summary>
/// <param name="CentreCode">The centre.</param>
/// <param name="CounterId">The counter, when there is one.</param>
/// <param name="AgencyCode">The agency that would be competent.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureVersion">Its version in force.</param>
/// <param name="VariantCode">The variant; null for the ordinary case.</param>
/// <param name="FieldCode">Its field.</param>
internal sealed record Consulted(
    string CentreCode,
    Guid? CounterId,
    string AgencyCode,
    string ProcedureCode,
    int ProcedureVersion,
    string? VariantCode,
    string FieldCode
);

/// <summary>
/// The written answer that a person takes home when a counter does not receive what he brings (Decree 118/2025, art. 17: form 02 when papers are
/// missing, form 03 when it is refused). There is no dossier: nothing was received, no clock runs, and no figure of dossiers counts it.
/// </summary>
internal sealed class CounterAnswer : AggregateRoot
{
    private CounterAnswer() { }

    public CounterAnswerId Id { get; private set; }

    /// <summary>Number in the order in which answers were given; forms carry it.</summary>
    public long Serial { get; private set; }

    public CounterAnswerKind Kind { get; private set; }

    public string CentreCode { get; private set; } = "";

    public Guid? CounterId { get; private set; }

    public string AgencyCode { get; private set; } = "";

    public string ProcedureCode { get; private set; } = "";

    public int ProcedureVersion { get; private set; }

    public string? VariantCode { get; private set; }

    public string FieldCode { get; private set; } = "";

    /// <summary>Who came.</summary>
    [Personal]
    public Party Person { get; private set; } = null!;

    /// <summary>By which the person is found again; null without an identity number.</summary>
    public byte[]? PersonIndex { get; private set; }

    /// <summary>What is missing or wrong; empty for a refusal.</summary>
    [Personal]
    public IReadOnlyList<SupplementItem> Lacking { get; private set; } = [];

    /// <summary>Why it is refused; null when papers are missing.</summary>
    [Personal]
    public string? Reason { get; private set; }

    /// <summary>The law it rests on.</summary>
    public string LegalBasis { get; private set; } = "";

    public DateTimeOffset AnsweredAt { get; private set; }

    public string AnsweredBy { get; private set; } = "";

    /// <summary>When its personal data were erased.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    /// <summary>The number as forms print it.</summary>
    public string Number => $"{AnsweredAt.LocalDay().Year}/{Serial:D6}/{(Kind == CounterAnswerKind.Refusal ? "TC" : "HDHS")}";

    /// <summary>
    /// Says what is missing: out of the published list, nothing that is digital already (art. 5), and everything the first time (art. 11): whoever
    /// was answered before is asked for nothing that was not asked then.
    /// </summary>
    /// <param name="about">What was brought.</param>
    /// <param name="person">Who came.</param>
    /// <param name="lacking">What is missing or wrong.</param>
    /// <param name="legalBasis">The law it rests on.</param>
    /// <param name="content">The published list.</param>
    /// <param name="before">What the same person was answered first on the same version, as long as the time for an answer runs.</param>
    /// <param name="by">Subject who answers.</param>
    /// <param name="now">Now.</param>
    public static CounterAnswer Incomplete(
        Consulted about,
        Party person,
        IReadOnlyList<SupplementItem> lacking,
        string legalBasis,
        ProcedureContent content,
        CounterAnswer? before,
        string by,
        DateTimeOffset now
    )
    {
        content.CheckAskedFor(lacking);
        if (before is not null)
            for (var i = 0; i < lacking.Count; i++)
                if (before.Lacking.All(l => l.Code != lacking[i].Code))
                    throw new BusinessRuleException(
                        CounterAnswerErrors
                            .AskedBefore.With(lacking[i].Code, LifeCycle.Written(before.AnsweredAt), before.Number)
                            .At($"/items/{i}/code")
                    );
        return Of(CounterAnswerKind.Incomplete, about, person, lacking, null, legalBasis, by, now);
    }

    /// <summary>Refuses to receive it, with the reason.</summary>
    public static CounterAnswer Refuse(Consulted about, Party person, string reason, string legalBasis, string by, DateTimeOffset now) =>
        Of(CounterAnswerKind.Refusal, about, person, [], reason, legalBasis, by, now);

    /// <summary>Takes out who came and every word that may tell it; what figures are made of stays.</summary>
    public void Erase(DateTimeOffset now)
    {
        Person = new(Person.Kind, "", null, null, null);
        (PersonIndex, Reason, ErasedAt) = (null, Reason is null ? null : "", now);
        Lacking = [.. Lacking.Select(l => l with { Reason = "" })];
        Touch();
    }

    private static CounterAnswer Of(
        CounterAnswerKind kind,
        Consulted about,
        Party person,
        IReadOnlyList<SupplementItem> lacking,
        string? reason,
        string legalBasis,
        string by,
        DateTimeOffset now
    )
    {
        var answer = new CounterAnswer
        {
            Id = new(Guid.CreateVersion7(now)),
            Kind = kind,
            CentreCode = about.CentreCode,
            CounterId = about.CounterId,
            AgencyCode = about.AgencyCode,
            ProcedureCode = about.ProcedureCode,
            ProcedureVersion = about.ProcedureVersion,
            VariantCode = about.VariantCode,
            FieldCode = about.FieldCode,
            Person = person,
            PersonIndex = person.IdentityNumber?.Index,
            Lacking = lacking,
            Reason = reason,
            LegalBasis = legalBasis,
            AnsweredAt = now,
            AnsweredBy = by,
        };
        answer.Touch();
        return answer;
    }
}

internal static class CounterAnswerErrors
{
    public static readonly Error AskedBefore = new(
        "dossiers.counter-asked-before",
        ErrorKind.RuleBroken,
        "Thành phần {0} chưa được yêu cầu trong phiếu {2} lúc {1}; việc bổ sung chỉ được yêu cầu một lần, đầy đủ (Nghị định 118/2025/NĐ-CP, điều 11).",
        "Component {0} was not asked for in form {2} of {1}; papers are asked for once and completely (Decree 118/2025, art. 11)."
    );

    public static readonly Error ItemsMissing = new(
        "dossiers.counter-items-missing",
        ErrorKind.RuleBroken,
        "Phiếu yêu cầu bổ sung (mẫu số 02) phải nêu ít nhất một thành phần.",
        "A request to supplement (form 02) names at least one component."
    );

    public static readonly Error ReasonMissing = new(
        "dossiers.counter-reason-missing",
        ErrorKind.RuleBroken,
        "Phiếu từ chối (mẫu số 03) phải nêu lý do.",
        "A refusal (form 03) states its reason."
    );
}
