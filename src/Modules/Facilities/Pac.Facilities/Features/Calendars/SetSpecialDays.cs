using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Calendars;

/// <summary>Holidays, closures and make-up days to add; a date that is already special is replaced.</summary>
/// <param name="Reason">Why, such as the notice that swaps two days.</param>
/// <param name="Days">The dates.</param>
internal sealed record NewSpecialDays(string Reason, IReadOnlyList<SpecialDayInput> Days);

internal sealed record SetSpecialDays(string Code, uint Seen, NewSpecialDays Content) : ICommand<Versioned<CalendarView>>;

internal sealed class SetSpecialDaysValidator : AbstractValidator<SetSpecialDays>
{
    public SetSpecialDaysValidator()
    {
        RuleFor(c => c.Content.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason");
        RuleFor(c => c.Content.Days).NotEmpty().Must(d => d.Count <= 366).OverridePropertyName("days");
        RuleForEach(c => c.Content.Days).SetValidator(new SpecialDayValidator()).OverridePropertyName("days");
    }
}

internal sealed class SetSpecialDaysHandler(IRepository<WorkCalendar> calendars, CurrentUser user, TimeProvider clock)
    : IRequestHandler<SetSpecialDays, Versioned<CalendarView>>
{
    public async Task<Versioned<CalendarView>> Handle(SetSpecialDays request, CancellationToken ct)
    {
        user.MustCoverProvince();
        var calendar = await calendars.Get(new CalendarWithCode(request.Code), request.Seen, ct);
        var added = request.Content.Days.Select(d => d.ToDay()).ToList();
        var present = calendar.Versions.Single(v => v.Number == calendar.CurrentVersion).Content;
        var kept = present.Days.Where(d => added.TrueForAll(a => a.Date != d.Date));
        calendar.Change(present with { Days = [.. kept, .. added] }, request.Content.Reason, user.Caller.Subject, clock.GetUtcNow());
        await calendars.Save(ct);
        return new(CalendarView.Of(calendar.Code, calendar.Name, calendar.Versions[^1]), calendar.Version);
    }
}

internal sealed class SetSpecialDaysEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/calendars/{code}/special-days", Handle).Requires(FacilitiesPermissions.ManageCalendars);

    /// <summary>Set special days</summary>
    /// <remarks>Adds holidays, closures and make-up days as a new version of the calendar.</remarks>
    /// <param name="code">Code of the calendar.</param>
    private static async Task<CreatedAnswer<CalendarView>> Handle(
        string code,
        NewSpecialDays content,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var calendar = await sender.Send(new SetSpecialDays(code, ifMatch.Version, content), ct);
        return new($"/api/v1/calendars/{code}/versions/{calendar.Item.Version}", calendar);
    }
}
