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

/// <summary>An instrument that is taken in.</summary>
/// <param name="Id">Its short word: lower-case letters, digits and hyphens.</param>
/// <param name="Description">What is known of it.</param>
internal sealed record AddLegalBasis(string Id, LegalBasisDescription Description) : ICommand<Versioned<LegalBasisView>>;

internal sealed class AddLegalBasisValidator : AbstractValidator<AddLegalBasis>
{
    public AddLegalBasisValidator()
    {
        RuleFor(c => c.Id).NotEmpty().MaximumLength(60).MatchesWhole("^[a-z0-9-]+$");
        RuleFor(c => c.Description).SetValidator(new LegalBasisDescriptionValidator());
    }
}

internal sealed class AddLegalBasisHandler(IRepository<LegalBasis> bases, CurrentUser user)
    : IRequestHandler<AddLegalBasis, Versioned<LegalBasisView>>
{
    public async Task<Versioned<LegalBasisView>> Handle(AddLegalBasis request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        if (await bases.Any(new LegalBasisWithId(request.Id), ct))
            throw new BusinessRuleException(CatalogueErrors.AlreadyThere.At("/id"));
        await bases.MustKnow(request.Description.Amends, request.Id, ct);
        var basis = LegalBasis.Add(request.Id, request.Description.ToText());
        bases.Add(basis);
        await bases.Save(ct);
        return new(LegalBasisView.Of(basis), basis.Version);
    }
}

/// <summary>That an instrument amends others, and only such as are known.</summary>
internal static class Amendments
{
    public static async Task MustKnow(this IRepository<LegalBasis> bases, IReadOnlyList<string>? amends, string by, CancellationToken ct)
    {
        if (amends is not { Count: > 0 })
            return;
        var known = await bases.List(new LegalBasisWithOneOf([.. amends]), ct);
        if (amends.Contains(by) || amends.Any(a => known.All(k => k.Id != a)))
            throw new BusinessRuleException(CatalogueErrors.AmendsItself.At("/description/amends"));
    }
}

internal sealed class AddLegalBasisEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/legal-bases", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Add a legal basis</summary>
    /// <remarks>Takes in an instrument with the days between which it is in force, so that procedures and fees can refer to it.</remarks>
    private static async Task<CreatedAnswer<LegalBasisView>> Handle(AddLegalBasis command, ISender sender, CancellationToken ct)
    {
        var basis = await sender.Send(command, ct);
        return new($"/api/v1/legal-bases/{basis.Item.Id}", basis);
    }
}
