using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ChangeAgency(string Code, uint Seen, AgencyDescription Description) : ICommand<Versioned<AgencyView>>;

internal sealed class ChangeAgencyValidator : AbstractValidator<ChangeAgency>
{
    public ChangeAgencyValidator() => RuleFor(c => c.Description).SetValidator(new AgencyDescriptionValidator()).OverridePropertyName("");
}

internal sealed class ChangeAgencyHandler(IRepository<Agency> agencies, ICatalogue catalogue, CurrentUser user)
    : IRequestHandler<ChangeAgency, Versioned<AgencyView>>
{
    public async Task<Versioned<AgencyView>> Handle(ChangeAgency request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var agency = await agencies.Get(new AgencyWithCode(request.Code), request.Seen, ct);
        var text = request.Description.ToText();
        (await catalogue.Agencies(ct)).Check(request.Code, text);
        agency.Change(text);
        await agencies.Save(ct);
        return new(AgencyView.Of(agency), agency.Version);
    }
}

internal sealed class ChangeAgencyEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/agencies/{code}", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Change an agency</summary>
    /// <remarks>Changes the members given in a JSON Merge Patch, such as the last day with the resolution that ends it; the others stay. After its last day an agency is given nothing new; what it has in hand stays with it until a succession passes it on.</remarks>
    /// <param name="code">Code of the agency.</param>
    private static async Task<ItemAnswer<AgencyView>> Handle(
        string code,
        MergePatch<AgencyDescription> patch,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var a = (await sender.Send(new GetAgency(code), ct)).Item;
        var wanted = patch.Apply(
            new(
                a.Name,
                a.NameEn,
                a.Level,
                a.ParentCode,
                a.EffectiveFrom,
                a.FoundingDecision,
                a.EffectiveTo,
                a.EndDecision,
                a.SuccessorCode,
                a.ToBeConfirmed
            )
        );
        return new(await sender.Send(new ChangeAgency(code, ifMatch.Version, wanted), ct));
    }
}
