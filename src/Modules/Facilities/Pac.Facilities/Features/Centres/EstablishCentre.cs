using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Centres;

/// <summary>A new service centre.</summary>
/// <param name="Code">Code of the centre, such as <c>66-22015</c>.</param>
/// <param name="Level">Government level.</param>
/// <param name="Name">Name in Vietnamese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Address">Where it is.</param>
/// <param name="CalendarCode">The working calendar it follows.</param>
internal sealed record EstablishCentre(string Code, CentreLevel Level, string Name, string NameEn, string Address, string CalendarCode)
    : ICommand<Versioned<CentreView>>;

internal sealed class EstablishCentreValidator : AbstractValidator<EstablishCentre>
{
    public EstablishCentreValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(40).MatchesWhole("^[a-z0-9-]+$");
        RuleFor(c => c.Level).IsInEnum();
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.NameEn).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Address).NotEmpty().MaximumLength(300);
        RuleFor(c => c.CalendarCode).NotEmpty().MaximumLength(40);
    }
}

internal sealed class EstablishCentreHandler(
    IRepository<Centre> centres,
    IRepository<WorkCalendar> calendars,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<EstablishCentre, Versioned<CentreView>>
{
    public async Task<Versioned<CentreView>> Handle(EstablishCentre request, CancellationToken ct)
    {
        user.MustCoverProvince();
        if (!await calendars.Any(new CalendarWithCode(request.CalendarCode), ct))
            throw new NotFoundException("calendar");
        var centre = Centre.Establish(
            request.Code,
            request.Level,
            request.Name,
            request.NameEn,
            request.Address,
            request.CalendarCode,
            clock.GetUtcNow()
        );
        centres.Add(centre);
        await centres.Save(ct);
        return new(CentreView.Of(centre), centre.Version);
    }
}

internal sealed class EstablishCentreEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/centres", Handle).Requires(FacilitiesPermissions.ManageCentres);

    /// <summary>Establish a centre</summary>
    /// <remarks>Adds a service centre that follows an existing calendar.</remarks>
    private static async Task<CreatedAnswer<CentreView>> Handle(EstablishCentre command, ISender sender, CancellationToken ct)
    {
        var centre = await sender.Send(command, ct);
        return new($"/api/v1/centres/{centre.Item.Code}", centre);
    }
}
