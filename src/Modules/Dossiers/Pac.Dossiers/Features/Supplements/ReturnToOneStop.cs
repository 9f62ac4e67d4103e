using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Supplements;

/// <summary>What the agency finds missing (form 02).</summary>
/// <param name="Items">Components out of the published list, each with its reason.</param>
/// <param name="LegalBasis">The law that this rests on.</param>
internal sealed record OneStopReturn(IReadOnlyList<SupplementItemInput> Items, string LegalBasis);

internal sealed record ReturnToOneStop(Guid Id, uint Seen, OneStopReturn Return) : ICommand<Versioned<DossierView>>;

internal sealed class ReturnToOneStopValidator : AbstractValidator<ReturnToOneStop>
{
    public ReturnToOneStopValidator() => RuleFor(c => c.Return).SetValidator(new OneStopReturnValidator()).OverridePropertyName("");
}

internal sealed class OneStopReturnValidator : AbstractValidator<OneStopReturn>
{
    public OneStopReturnValidator()
    {
        RuleFor(r => r.Items).NotEmpty().MostItems(100);
        RuleForEach(r => r.Items).SetValidator(new SupplementItemInputValidator());
        RuleFor(r => r.LegalBasis).NotEmpty().MaximumLength(300);
    }
}

internal sealed class ReturnToOneStopHandler(
    IRepository<Dossier> dossiers,
    IRepository<DossierFile> files,
    PinnedProcedures procedures,
    ReusableFiles reusable,
    ILaw laws,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ReturnToOneStop, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ReturnToOneStop request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var content = await procedures.ContentOf(dossier, ct);
        List<SupplementItem> items = [.. request.Return.Items.Select(i => new SupplementItem(i.Code, i.Reason, i.Verification))];
        items.CheckNotDigital(await files.List(new HadAlready(dossier.Id), ct));
        items.CheckNotReusable(await reusable.For(dossier, content, ct));
        dossier.ReturnToOneStop(
            items,
            request.Return.LegalBasis,
            content,
            (await centres.Get(dossier, 0, ct)).Calendar,
            await laws.On(now.LocalDay(), ct),
            user.Caller.Subject,
            now
        );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ReturnToOneStopEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/return-to-one-stop", Handle).Requires(DossiersPermissions.Process);

    /// <summary>Return a dossier to the one-stop section</summary>
    /// <remarks>Says what the agency finds missing (form 02). The one-stop section then tells the person by asking for the supplement, within the days that the law gives.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        OneStopReturn back,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ReturnToOneStop(id, ifMatch.Version, back), ct));
}
