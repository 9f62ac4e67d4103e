using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Supplements;

/// <summary>Papers that are handed in while the work goes on.</summary>
/// <param name="Documents">What is handed in, each in the number and form that it is there in now.</param>
internal sealed record HandedInPapers(IReadOnlyList<ComponentInput> Documents);

internal sealed record HandInComponents(Guid Id, uint Seen, HandedInPapers Papers) : ICommand<Versioned<DossierView>>;

internal sealed class HandInComponentsValidator : AbstractValidator<HandInComponents>
{
    public HandInComponentsValidator() => RuleFor(c => c.Papers).SetValidator(new HandedInPapersValidator()).OverridePropertyName("");
}

internal sealed class HandedInPapersValidator : AbstractValidator<HandedInPapers>
{
    public HandedInPapersValidator()
    {
        RuleFor(p => p.Documents).NotEmpty().MostItems(100);
        RuleForEach(p => p.Documents).SetValidator(new ComponentInputValidator());
    }
}

internal sealed class HandInComponentsHandler(
    IRepository<Dossier> dossiers,
    PinnedProcedures procedures,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<HandInComponents, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(HandInComponents request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var given = ComponentInput.Read(request.Papers.Documents);
        dossier.HandIn(given, await procedures.ContentOf(dossier, ct), user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class HandInComponentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/hand-in", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Hand in papers for a later step</summary>
    /// <remarks>Takes in papers of the published list that a later step of the workflow needs, that are still lacking, or that nobody had to bring. It is no answer to a request to supplement: it uses none up, and the clock goes on.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        HandedInPapers papers,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new HandInComponents(id, ifMatch.Version, papers), ct));
}
