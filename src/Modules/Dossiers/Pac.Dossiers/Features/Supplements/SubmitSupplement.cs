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

/// <summary>The answer to a request to supplement.</summary>
/// <param name="Documents">What is handed in; everything that was asked for must be among it.</param>
internal sealed record SupplementAnswer(IReadOnlyList<ComponentInput> Documents);

internal sealed record SubmitSupplement(Guid Id, uint Seen, SupplementAnswer Answer) : ICommand<Versioned<DossierView>>;

internal sealed class SubmitSupplementValidator : AbstractValidator<SubmitSupplement>
{
    public SubmitSupplementValidator() => RuleFor(c => c.Answer).SetValidator(new SupplementAnswerValidator()).OverridePropertyName("");
}

internal sealed class SupplementAnswerValidator : AbstractValidator<SupplementAnswer>
{
    public SupplementAnswerValidator()
    {
        RuleFor(a => a.Documents).NotEmpty().MostItems(100);
        RuleForEach(a => a.Documents).SetValidator(new ComponentInputValidator());
    }
}

internal sealed class SubmitSupplementHandler(
    IRepository<Dossier> dossiers,
    PinnedProcedures procedures,
    ILaw laws,
    IDossierNumbers numbers,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<SubmitSupplement, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(SubmitSupplement request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var content = await procedures.ContentOf(dossier, ct);
        var law = await laws.On(now.LocalDay(), ct);
        var known = dossier.CalendarCode is { } calendar ? await numbers.CalendarVersion(calendar, ct) : 0;
        var centre = await centres.Get(dossier, known, ct);
        dossier.SubmitSupplement(ComponentInput.Read(request.Answer.Documents), content, centre.Calendar, law, user.Caller.Subject, now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class SubmitSupplementEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/submit-supplement", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Submit a supplement</summary>
    /// <remarks>Takes the complete answer to the request in; the due instant is counted anew from zero.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        SupplementAnswer answer,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new SubmitSupplement(id, ifMatch.Version, answer), ct));
}
