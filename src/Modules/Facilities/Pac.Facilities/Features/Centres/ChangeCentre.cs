using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Centres;

/// <summary>What may be changed about a centre.</summary>
/// <param name="Name">Name in Vietnamese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Address">Where it is.</param>
/// <param name="CalendarCode">The working calendar it follows.</param>
internal sealed record CentreDescription(string Name, string NameEn, string Address, string CalendarCode);

internal sealed record ChangeCentre(string Code, uint Seen, CentreDescription Description) : ICommand<Versioned<CentreView>>;

internal sealed class ChangeCentreValidator : AbstractValidator<ChangeCentre>
{
    public ChangeCentreValidator()
    {
        RuleFor(c => c.Description.Name).NotEmpty().MaximumLength(200).OverridePropertyName("name");
        RuleFor(c => c.Description.NameEn).NotEmpty().MaximumLength(200).OverridePropertyName("nameEn");
        RuleFor(c => c.Description.Address).NotEmpty().MaximumLength(300).OverridePropertyName("address");
        RuleFor(c => c.Description.CalendarCode).NotEmpty().MaximumLength(40).OverridePropertyName("calendarCode");
    }
}

internal sealed class ChangeCentreHandler(IRepository<Centre> centres, IRepository<WorkCalendar> calendars, CurrentUser user)
    : IRequestHandler<ChangeCentre, Versioned<CentreView>>
{
    public async Task<Versioned<CentreView>> Handle(ChangeCentre request, CancellationToken ct)
    {
        user.MustCover(request.Code);
        var centre = await centres.Get(new CentreWithCode(request.Code), request.Seen, ct);
        var wanted = request.Description;
        if (!await calendars.Any(new CalendarWithCode(wanted.CalendarCode), ct))
            throw new NotFoundException("calendar");
        centre.Describe(wanted.Name, wanted.NameEn, wanted.Address, wanted.CalendarCode);
        await centres.Save(ct);
        return new(CentreView.Of(centre), centre.Version);
    }
}

internal sealed class ChangeCentreEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/centres/{code}", Handle).Requires(FacilitiesPermissions.ManageCentres);

    /// <summary>Change a centre</summary>
    /// <remarks>Changes the members given in a JSON Merge Patch; the others stay.</remarks>
    /// <param name="code">Code of the centre.</param>
    private static async Task<ItemAnswer<CentreView>> Handle(
        string code,
        MergePatch<CentreDescription> patch,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var present = (await sender.Send(new GetCentre(code), ct)).Item;
        var wanted = patch.Apply(new(present.Name, present.NameEn, present.Address, present.CalendarCode));
        return new(await sender.Send(new ChangeCentre(code, ifMatch.Version, wanted), ct));
    }
}
