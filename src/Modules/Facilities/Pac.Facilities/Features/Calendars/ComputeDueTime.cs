using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Facilities.Features.Calendars;

/// <summary>A length of time as the law states it.</summary>
/// <param name="Value">How many, 0 to 10,000; fractions allowed.</param>
/// <param name="Unit">In what it is counted.</param>
internal sealed record TermInput(decimal Value, TermUnit Unit);

/// <summary>A stretch in which the clock stands still.</summary>
/// <param name="From">When it stopped.</param>
/// <param name="To">When it went on.</param>
internal sealed record SuspensionInput(DateTimeOffset From, DateTimeOffset To);

/// <summary>What is to be computed.</summary>
/// <param name="Start">When the term began.</param>
/// <param name="Term">How long it is.</param>
/// <param name="Policy">At which moment of the last day it ends; <c>endOfDay</c> when left out.</param>
/// <param name="Suspensions">Stretches in which the clock stood still.</param>
internal sealed record DueTimeQuestion(
    DateTimeOffset Start,
    TermInput Term,
    DuePolicy Policy = DuePolicy.EndOfDay,
    IReadOnlyList<SuspensionInput>? Suspensions = null
);

/// <summary>When a term ends and why.</summary>
/// <param name="DueAt">When it ends.</param>
/// <param name="CalendarVersion">The calendar version it was computed with.</param>
/// <param name="Explanation">The dates after the start that do not simply follow Monday to Friday, at most 1,000.</param>
internal sealed record DueTimeAnswer(DateTimeOffset DueAt, int CalendarVersion, IReadOnlyList<ExplainedDay> Explanation);

/// <summary>A date that needs a word.</summary>
/// <param name="Date">The date.</param>
/// <param name="Counts">Whether it counts as a working day.</param>
/// <param name="Reason">Why or why not, in the language of the reader.</param>
internal sealed record ExplainedDay(DateOnly Date, bool Counts, string Reason);

internal sealed record ComputeDueTime(string Code, DueTimeQuestion Question) : IQuery<DueTimeAnswer>;

internal sealed class ComputeDueTimeValidator : AbstractValidator<ComputeDueTime>
{
    public ComputeDueTimeValidator()
    {
        RuleFor(c => c.Question.Term.Value).InclusiveBetween(0, 10_000).OverridePropertyName("term.value");
        RuleFor(c => c.Question.Term.Unit).IsInEnum().OverridePropertyName("term.unit");
        RuleFor(c => c.Question.Policy).IsInEnum().OverridePropertyName("policy");
        RuleFor(c => c.Question.Suspensions).Must(s => s is null || s.Count <= 100).OverridePropertyName("suspensions");
    }
}

internal sealed class ComputeDueTimeHandler(PublishedCalendars calendars) : IRequestHandler<ComputeDueTime, DueTimeAnswer>
{
    private const int MostDays = 1000;
    private static readonly string[] Weekdays = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"];

    public async Task<DueTimeAnswer> Handle(ComputeDueTime request, CancellationToken ct)
    {
        var calendar = await calendars.Present(request.Code, ct);
        var question = request.Question;
        Suspension[] stops = [.. (question.Suspensions ?? []).OrderBy(s => s.From).Select(s => new Suspension(s.From, s.To))];
        try
        {
            var due = calendar.Clock.DueAt(question.Start, new(question.Term.Value, question.Term.Unit), question.Policy, stops);
            var explained = calendar
                .Clock.Explain(question.Start, due)
                .Take(MostDays)
                .Select(d => new ExplainedDay(d.Date, d.Counts, Language.Pick(InVietnamese(calendar, d.Date), d.Reason)));
            return new(due, calendar.Clock.Definition.Version, [.. explained]);
        }
        catch (OutsideCalendarException)
        {
            throw new BusinessRuleException(FacilitiesErrors.OutsideCalendar);
        }
        catch (ArgumentException)
        {
            throw new BusinessRuleException(FacilitiesErrors.SuspensionsOverlap.At("/suspensions"));
        }
    }

    private static string InVietnamese(PublishedCalendar calendar, DateOnly date) =>
        calendar.VietnameseNames.TryGetValue(date, out var name) ? name : Weekdays[(int)date.DayOfWeek];
}

internal sealed class ComputeDueTimeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/calendars/{code}/due-times", Handle).AllowsAnonymous();

    /// <summary>Compute a due time</summary>
    /// <remarks>Tells when a term ends by a working calendar: the legal clock, for anyone.</remarks>
    /// <param name="code">Code of the calendar.</param>
    private static async Task<ValueAnswer<DueTimeAnswer>> Handle(
        string code,
        DueTimeQuestion question,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ComputeDueTime(code, question), ct));
}
