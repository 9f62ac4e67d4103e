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

/// <summary>What is asked for, once and completely (form 02).</summary>
/// <param name="Items">Components out of the published list, each with its reason.</param>
/// <param name="LegalBasis">The law that the request rests on.</param>
/// <param name="Special">That it is asked a second time by a special law, which somebody else has to have approved before; left out the first time.</param>
internal sealed record SupplementRequestInput(
    IReadOnlyList<SupplementItemInput> Items,
    string LegalBasis,
    SpecialGroundInput? Special = null
);

/// <summary>Why a second request is allowed.</summary>
/// <param name="Law">The special law.</param>
/// <param name="ApprovedBy">The leader who approved it, by office.</param>
internal sealed record SpecialGroundInput(string Law, string ApprovedBy);

internal sealed record RequestSupplement(Guid Id, uint Seen, SupplementRequestInput Asked) : ICommand<Versioned<DossierView>>;

internal sealed class RequestSupplementValidator : AbstractValidator<RequestSupplement>
{
    public RequestSupplementValidator() =>
        RuleFor(c => c.Asked).SetValidator(new SupplementRequestInputValidator()).OverridePropertyName("");
}

internal sealed class SupplementRequestInputValidator : AbstractValidator<SupplementRequestInput>
{
    public SupplementRequestInputValidator()
    {
        RuleFor(r => r.Items).NotEmpty().MostItems(100);
        RuleForEach(r => r.Items).SetValidator(new SupplementItemInputValidator());
        RuleFor(r => r.LegalBasis).NotEmpty().MaximumLength(300);
        RuleFor(r => r.Special!.Law).NotEmpty().MaximumLength(300).When(r => r.Special is not null).OverridePropertyName("special.law");
        RuleFor(r => r.Special!.ApprovedBy)
            .NotEmpty()
            .MaximumLength(200)
            .When(r => r.Special is not null)
            .OverridePropertyName("special.approvedBy");
    }
}

internal sealed class RequestSupplementHandler(
    IRepository<Dossier> dossiers,
    IRepository<DossierFile> files,
    PinnedProcedures procedures,
    ReusableFiles reusable,
    ILaw laws,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<RequestSupplement, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(RequestSupplement request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var asked = request.Asked;
        var content = await procedures.ContentOf(dossier, ct);
        var centre = await centres.Get(dossier, 0, ct);
        List<SupplementItem> items = [.. asked.Items.Select(i => new SupplementItem(i.Code, i.Reason, i.Verification))];
        items.CheckNotDigital(await files.List(new HadAlready(dossier.Id), ct));
        items.CheckNotReusable(await reusable.For(dossier, content, ct));
        dossier.RequestSupplement(
            items,
            asked.LegalBasis,
            asked.Special is { } s ? new(s.Law, s.ApprovedBy) : null,
            content,
            centre.Calendar,
            await laws.On(now.LocalDay(), ct),
            user.Caller.Subject,
            now
        );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class RequestSupplementEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/request-supplement", Handle).Requires(DossiersPermissions.RequestSupplement);

    /// <summary>Request a supplement</summary>
    /// <remarks>Asks for papers of the published list, once and completely, with reason and law (form 02). The clock stands still until they are complete.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        SupplementRequestInput asked,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RequestSupplement(id, ifMatch.Version, asked), ct));
}
