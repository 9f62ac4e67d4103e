using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>An agency that is taken in, such as a commune founded by a resolution.</summary>
/// <param name="Code">Its code by Decision 20/2020/QD-TTg.</param>
/// <param name="Description">What is known of it.</param>
internal sealed record AddAgency(string Code, AgencyDescription Description) : ICommand<Versioned<AgencyView>>;

internal sealed class AddAgencyValidator : AbstractValidator<AddAgency>
{
    public AddAgencyValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(AgencyCode.Longest).MatchesWhole(AgencyCode.Shape);
        RuleFor(c => c.Description).SetValidator(new AgencyDescriptionValidator());
    }
}

internal sealed class AddAgencyHandler(IRepository<Agency> agencies, ICatalogue catalogue, CurrentUser user)
    : IRequestHandler<AddAgency, Versioned<AgencyView>>
{
    public async Task<Versioned<AgencyView>> Handle(AddAgency request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var order = await catalogue.Agencies(ct);
        if (order.Parents.ContainsKey(request.Code))
            throw new BusinessRuleException(CatalogueErrors.AlreadyThere.At("/code"));
        var agency = InDescription(() =>
        {
            var text = request.Description.ToText();
            order.Check(request.Code, text);
            return Agency.Add(request.Code, text);
        });
        agencies.Add(agency);
        await agencies.Save(ct);
        return new(AgencyView.Of(agency), agency.Version);
    }

    private static Agency InDescription(Func<Agency> make)
    {
        try
        {
            return make();
        }
        catch (BusinessRuleException refused) when (refused.Error.Pointer is { } pointer)
        {
            throw new BusinessRuleException(refused.Error.At("/description" + pointer));
        }
    }
}

internal sealed class AddAgencyEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agencies", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Add an agency</summary>
    /// <remarks>Takes in an agency that decides on dossiers, with the resolution that founds it and the first day on which it acts; until that day it is given no dossier.</remarks>
    private static async Task<CreatedAnswer<AgencyView>> Handle(AddAgency command, ISender sender, CancellationToken ct)
    {
        var agency = await sender.Send(command, ct);
        return new($"/api/v1/agencies/{agency.Item.Code}", agency);
    }
}
