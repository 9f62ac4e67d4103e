using FluentValidation;
using Pac.Facilities.Domain;

namespace Pac.Facilities.Features.Calendars;

/// <summary>A date that shall not follow its weekday.</summary>
/// <param name="Date">The date.</param>
/// <param name="IsOpen">Whether the centre works on it.</param>
/// <param name="Name">Why, in English.</param>
/// <param name="NameVi">Why, in Vietnamese.</param>
/// <param name="Shifts">Hours of this date alone; the usual ones when left out.</param>
internal sealed record SpecialDayInput(DateOnly Date, bool IsOpen, string Name, string NameVi, IReadOnlyList<ShiftView>? Shifts = null)
{
    public CalendarDay ToDay() =>
        new(Date, IsOpen, Name, NameVi, Certainty.Sourced, Shifts is { Count: > 0 } ? CalendarView.Shifts(Shifts) : null);
}

internal sealed class ShiftValidator : AbstractValidator<ShiftView>
{
    public ShiftValidator() => RuleFor(s => s.Closes).GreaterThan(s => s.Opens);
}

internal sealed class WeekdayValidator : AbstractValidator<WeekdayView>
{
    public WeekdayValidator()
    {
        RuleFor(w => w.Weekday).IsInEnum();
        RuleFor(w => w.Shifts).NotEmpty().Must(s => s.Count <= 6);
        RuleForEach(w => w.Shifts).SetValidator(new ShiftValidator());
    }
}

internal sealed class SpecialDayValidator : AbstractValidator<SpecialDayInput>
{
    public SpecialDayValidator()
    {
        RuleFor(d => d.Date).InclusiveBetween(new(2000, 1, 1), new(2099, 12, 31));
        RuleFor(d => d.Name).NotEmpty().MaximumLength(200);
        RuleFor(d => d.NameVi).NotEmpty().MaximumLength(200);
        RuleFor(d => d.Shifts).Must(s => s is null || s.Count <= 6);
        RuleForEach(d => d.Shifts).SetValidator(new ShiftValidator());
    }
}
