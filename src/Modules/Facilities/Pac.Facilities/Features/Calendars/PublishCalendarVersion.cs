using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Calendars;

/// <summary>A whole calendar as it shall be from now on.</summary>
/// <param name="Reason">Why it changes, such as the decision that says so.</param>
/// <param name="Week">Open hours by weekday.</param>
/// <param name="Days">All dates that do not follow their weekday.</param>
internal sealed record NewCalendarVersion(string Reason, IReadOnlyList<WeekdayView> Week, IReadOnlyList<SpecialDayInput> Days);

internal sealed record PublishCalendarVersion(string Code, uint Seen, NewCalendarVersion Content) : ICommand<Versioned<CalendarView>>;

internal sealed class PublishCalendarVersionValidator : AbstractValidator<PublishCalendarVersion>
{
    public PublishCalendarVersionValidator()
    {
        RuleFor(c => c.Content.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason");
        RuleFor(c => c.Content.Week).NotEmpty().Must(w => w.Count <= 7).OverridePropertyName("week");
        RuleForEach(c => c.Content.Week).SetValidator(new WeekdayValidator()).OverridePropertyName("week");
        RuleFor(c => c.Content.Days).Must(d => d.Count <= 1000).OverridePropertyName("days");
        RuleForEach(c => c.Content.Days).SetValidator(new SpecialDayValidator()).OverridePropertyName("days");
    }
}

internal sealed class PublishCalendarVersionHandler(IRepository<WorkCalendar> calendars, CurrentUser user, TimeProvider clock)
    : IRequestHandler<PublishCalendarVersion, Versioned<CalendarView>>
{
    public async Task<Versioned<CalendarView>> Handle(PublishCalendarVersion request, CancellationToken ct)
    {
        user.MustCoverProvince();
        var calendar = await calendars.Get(new CalendarWithCode(request.Code), request.Seen, ct);
        var week = request.Content.Week.Select(w => new WeekdayHours(w.Weekday, CalendarView.Shifts(w.Shifts)));
        var content = new CalendarContent([.. week], false, [.. request.Content.Days.Select(d => d.ToDay())]);
        calendar.Change(content, request.Content.Reason, user.Caller.Subject, clock.GetUtcNow());
        await calendars.Save(ct);
        return new(CalendarView.Of(calendar.Code, calendar.Name, calendar.Versions[^1]), calendar.Version);
    }
}

internal sealed class PublishCalendarVersionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/calendars/{code}/versions", Handle).Requires(FacilitiesPermissions.ManageCalendars);

    /// <summary>Publish a calendar version</summary>
    /// <remarks>Replaces hours and special days by a new version; the former versions stay as they were.</remarks>
    /// <param name="code">Code of the calendar.</param>
    private static async Task<CreatedAnswer<CalendarView>> Handle(
        string code,
        NewCalendarVersion content,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var calendar = await sender.Send(new PublishCalendarVersion(code, ifMatch.Version, content), ct);
        return new($"/api/v1/calendars/{code}/versions/{calendar.Item.Version}", calendar);
    }
}
