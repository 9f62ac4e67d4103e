using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal readonly record struct RatingId(Guid Value) : IStrongId<RatingId>
{
    public static RatingId From(Guid value) => new(value);

    public static bool operator <(RatingId left, RatingId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(RatingId left, RatingId right) => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>How a rating came.</summary>
internal enum RatingChannel
{
    /// <summary>By the page or an application, with the key of the receipt.</summary>
    Link,

    /// <summary>On the tablet of a counter, by the person present.</summary>
    Counter,
}

/// <summary>A question of the sheet.</summary>
/// <param name="Code">Stable word.</param>
/// <param name="Vietnamese">The question in Vietnamese.</param>
/// <param name="English">The question in English.</param>
internal sealed record RatingQuestion(string Code, string Vietnamese, string English);

/// <summary>The sheet by which people rate (phiếu đánh giá), in force from a day on. A rating keeps the sheet it was given on.</summary>
internal sealed class RatingForm
{
    private RatingForm() { }

    public RatingForm(
        DateOnly effectiveFrom,
        int levels,
        int satisfiedFrom,
        int smallestGroup,
        IReadOnlyList<RatingQuestion> questions,
        string source,
        bool toBeConfirmed
    ) =>
        (EffectiveFrom, Levels, SatisfiedFrom, SmallestGroup, Questions, Source, ToBeConfirmed) = (
            effectiveFrom,
            levels,
            satisfiedFrom,
            smallestGroup,
            questions,
            source,
            toBeConfirmed
        );

    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>The best level; the worst is 1.</summary>
    public int Levels { get; private set; }

    /// <summary>The first level that counts as satisfied.</summary>
    public int SatisfiedFrom { get; private set; }

    /// <summary>A group with fewer ratings is not shown, since it would tell who rated.</summary>
    public int SmallestGroup { get; private set; }

    public IReadOnlyList<RatingQuestion> Questions { get; private set; } = [];

    public string Source { get; private set; } = "";

    public bool ToBeConfirmed { get; private set; }
}

/// <summary>The answer to a question of the sheet.</summary>
/// <param name="Question">Its code.</param>
/// <param name="Level">The level.</param>
internal sealed record RatingAnswer(string Question, int Level);

/// <summary>What its holder thinks of how a dossier was handled: one for each dossier, given once (Decision 766/QD-TTg, index 5.4).</summary>
internal sealed class Rating : AggregateRoot
{
    private static readonly DossierStatus[] Over =
    [
        DossierStatus.Rejected,
        DossierStatus.Stopped,
        DossierStatus.Completed,
        DossierStatus.Returned,
    ];

    private Rating() { }

    public RatingId Id { get; private set; }

    public DossierId DossierId { get; private set; }

    public string CentreCode { get; private set; } = "";

    public string AgencyCode { get; private set; } = "";

    public string FieldCode { get; private set; } = "";

    public string ProcedureCode { get; private set; } = "";

    /// <summary>The day, not the moment: what was done at a moment tells by whom.</summary>
    public DateOnly RatedOn { get; private set; }

    public RatingChannel Channel { get; private set; }

    /// <summary>The sheet, by its first day.</summary>
    public DateOnly FormFrom { get; private set; }

    public int Level { get; private set; }

    public bool IsSatisfied { get; private set; }

    public IReadOnlyList<RatingAnswer> Answers { get; private set; } = [];

    [Personal]
    public string? Comment { get; private set; }

    /// <summary>Whether a dossier may be rated: once it is over in one way or the other.</summary>
    public static bool IsOpenFor(DossierStatus status) => Over.Contains(status);

    /// <summary>Rates a dossier that is over.</summary>
    /// <exception cref="BusinessRuleException">It is not over, or a level is none of the sheet.</exception>
    public static Rating Of(
        Dossier dossier,
        RatingForm form,
        RatingChannel channel,
        int level,
        IReadOnlyList<RatingAnswer> answers,
        string? comment,
        DateTimeOffset now
    )
    {
        if (!IsOpenFor(dossier.Status))
            throw new BusinessRuleException(RatingErrors.NotOver.With(LifeCycle.Word(dossier.Status)));
        if (level > form.Levels)
            throw new BusinessRuleException(RatingErrors.NoSuchLevel.With(form.Levels).At("/level"));
        foreach (var answer in answers)
        {
            if (form.Questions.All(q => q.Code != answer.Question))
                throw new BusinessRuleException(RatingErrors.NoSuchQuestion.With(answer.Question).At("/answers"));
            if (answer.Level > form.Levels)
                throw new BusinessRuleException(RatingErrors.NoSuchLevel.With(form.Levels).At("/answers"));
        }
        if (answers.DistinctBy(a => a.Question).Count() < answers.Count)
            throw new BusinessRuleException(RatingErrors.AnsweredTwice.At("/answers"));
        return new()
        {
            Id = new(Guid.CreateVersion7(now)),
            DossierId = dossier.Id,
            CentreCode = dossier.CentreCode,
            AgencyCode = dossier.AgencyCode,
            FieldCode = dossier.FieldCode,
            ProcedureCode = dossier.ProcedureCode,
            RatedOn = now.LocalDay(),
            Channel = channel,
            FormFrom = form.EffectiveFrom,
            Level = level,
            IsSatisfied = level >= form.SatisfiedFrom,
            Answers = answers,
            Comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim().Normalize(),
        };
    }
}

/// <summary>Which groups of ratings show no levels.</summary>
internal static class HiddenGroups
{
    /// <summary>
    /// Those that are too small, and where those that lack in a sum are together too small as well, the smallest of the others in it: the sum
    /// less what is shown would else be what is hidden.
    /// </summary>
    /// <param name="counts">The groups, with how many ratings each has.</param>
    /// <param name="smallest">The size from which a group is shown.</param>
    /// <param name="sums">Groups of which somebody may read the sum, besides that of all.</param>
    public static IReadOnlySet<string> Of(
        IReadOnlyDictionary<string, int> counts,
        int smallest,
        IEnumerable<IReadOnlyCollection<string>> sums
    )
    {
        var hidden = counts.Where(c => c.Value < smallest).Select(c => c.Key).ToHashSet();
        // The narrowest first, since what it hides serves the wider ones as well, while it may still leave another one with too little.
        List<IReadOnlyCollection<string>> all = [.. sums.Append([.. counts.Keys]).OrderBy(s => s.Count)];
        while (all.Select(s => NextIn(s, counts, hidden, smallest)).FirstOrDefault(n => n is not null) is { } next)
            hidden.Add(next);
        return hidden;
    }

    private static string? NextIn(
        IReadOnlyCollection<string> sum,
        IReadOnlyDictionary<string, int> counts,
        HashSet<string> hidden,
        int smallest
    ) =>
        sum.Where(hidden.Contains).Sum(g => counts[g]) is var lacking && lacking > 0 && lacking < smallest
            ? sum.Where(g => !hidden.Contains(g)).OrderBy(g => counts[g]).ThenBy(g => g, StringComparer.Ordinal).FirstOrDefault()
            : null;
}

/// <summary>What rating needs to know.</summary>
internal interface IRatings
{
    /// <summary>The sheet in force on a day.</summary>
    Task<RatingForm> FormOn(DateOnly day, CancellationToken ct);

    /// <summary>From when the newest sheet is in force.</summary>
    Task<DateOnly?> LastForm(CancellationToken ct);

    /// <summary>Takes a new sheet in.</summary>
    Task Save(RatingForm form, CancellationToken ct);

    /// <summary>A dossier by any of its codes, whoever asks; the key has to be checked.</summary>
    Task<Dossier?> DossierWithCode(string code, CancellationToken ct);

    /// <summary>Whether a dossier was rated.</summary>
    Task<bool> IsRated(DossierId dossier, CancellationToken ct);
}

internal static class RatingErrors
{
    public static readonly Error NotOver = new(
        "dossiers.rating-too-early",
        ErrorKind.WrongState,
        "Hồ sơ đang ở trạng thái “{0}”; chỉ đánh giá được khi hồ sơ đã kết thúc.",
        "The dossier is in the state “{0}”; it can be rated once it is over."
    );

    public static readonly Error KeyWrong = new(
        "dossiers.rating-key-wrong",
        ErrorKind.RuleBroken,
        "Mã khóa không đúng với hồ sơ này; hãy quét mã đánh giá trên giấy tiếp nhận hoặc trong thư, tin nhắn mời đánh giá.",
        "The key is not that of this dossier; take it from the rating link on the receipt or in the invitation."
    );

    public static readonly Error RatedBefore = new(
        "dossiers.rated-before",
        ErrorKind.WrongState,
        "Hồ sơ này đã được đánh giá; mỗi hồ sơ đánh giá một lần.",
        "This dossier was rated already; each dossier is rated once."
    );

    public static readonly Error NoSuchLevel = new(
        "dossiers.rating-level-unknown",
        ErrorKind.RuleBroken,
        "Mức đánh giá từ 1 đến {0}.",
        "Levels go from 1 to {0}."
    );

    public static readonly Error NoSuchQuestion = new(
        "dossiers.rating-question-unknown",
        ErrorKind.RuleBroken,
        "Phiếu đánh giá không có câu hỏi {0}.",
        "The sheet has no question {0}."
    );

    public static readonly Error AnsweredTwice = new(
        "dossiers.rating-answered-twice",
        ErrorKind.RuleBroken,
        "Một câu hỏi được trả lời hai lần.",
        "A question is answered twice."
    );

    public static readonly Error FormNotLater = new(
        "dossiers.rating-form-not-later",
        ErrorKind.RuleBroken,
        "Phiếu mới phải có hiệu lực sau phiếu gần nhất và sau hôm nay.",
        "A new sheet has to take effect after the last one and after today."
    );

    public static readonly Error FormBroken = new(
        "dossiers.rating-form-broken",
        ErrorKind.RuleBroken,
        "Mức hài lòng phải nằm trong thang mức, và mỗi câu hỏi có mã riêng.",
        "The level of satisfaction has to lie on the scale, and each question needs a code of its own."
    );
}
