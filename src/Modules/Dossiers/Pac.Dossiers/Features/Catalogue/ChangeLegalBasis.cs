using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ChangeLegalBasis(string Id, uint Seen, LegalBasisDescription Description) : ICommand<Versioned<LegalBasisView>>;

internal sealed class ChangeLegalBasisValidator : AbstractValidator<ChangeLegalBasis>
{
    public ChangeLegalBasisValidator() =>
        RuleFor(c => c.Description).SetValidator(new LegalBasisDescriptionValidator()).OverridePropertyName("");
}

internal sealed class ChangeLegalBasisHandler(IRepository<LegalBasis> bases, CurrentUser user)
    : IRequestHandler<ChangeLegalBasis, Versioned<LegalBasisView>>
{
    public async Task<Versioned<LegalBasisView>> Handle(ChangeLegalBasis request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var basis = await bases.Get(new LegalBasisWithId(request.Id), request.Seen, ct);
        await bases.MustKnow(request.Description.Amends, request.Id, ct);
        basis.Change(request.Description.ToText());
        await bases.Save(ct);
        return new(LegalBasisView.Of(basis), basis.Version);
    }
}

internal sealed class ChangeLegalBasisEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/legal-bases/{id}", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Change a legal basis</summary>
    /// <remarks>Changes the members given in a JSON Merge Patch, such as the last day in force; the others stay.</remarks>
    /// <param name="id">Short word of the instrument.</param>
    private static async Task<ItemAnswer<LegalBasisView>> Handle(
        string id,
        MergePatch<LegalBasisDescription> patch,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var p = (await sender.Send(new GetLegalBasis(id), ct)).Item;
        var wanted = patch.Apply(new(p.Number, p.Name, p.NameEn, p.EffectiveFrom, p.EffectiveTo, p.Amends, p.ToBeConfirmed));
        return new(await sender.Send(new ChangeLegalBasis(id, ifMatch.Version, wanted), ct));
    }
}
