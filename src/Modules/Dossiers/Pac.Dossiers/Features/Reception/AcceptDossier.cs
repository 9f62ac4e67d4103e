using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Reception;

/// <summary>That what was submitted online is received.</summary>
/// <param name="CorrectedCase">The case as the officer finds it, when it is not the one submitted: what is owed and when it is due follow from it.</param>
internal sealed record Acceptance(CorrectedCase? CorrectedCase = null);

/// <summary>The right case of a submission, stated in full: what is left out does not hold.</summary>
/// <param name="VariantCode">The variant; the ordinary case when left out.</param>
/// <param name="PersonGroup">The person's group; everybody else when left out.</param>
/// <param name="GroupEvidence">Number of the paper that proves the group; none when left out.</param>
/// <param name="Copies">Copies of the result that are wanted, 1 to 1,000; one when left out.</param>
/// <param name="DeclaredValue">The value that the applicant declares, in dong; none when left out.</param>
/// <param name="Pages">Pages that were counted, 1 to 100,000, where the fee is by the page; those of the papers as filed when left out.</param>
internal sealed record CorrectedCase(
    string? VariantCode = null,
    string? PersonGroup = null,
    string? GroupEvidence = null,
    int Copies = 1,
    long? DeclaredValue = null,
    int? Pages = null
);

internal sealed record AcceptDossier(Guid Id, uint Seen, Acceptance Acceptance) : ICommand<Versioned<DossierView>>;

internal sealed class AcceptDossierValidator : AbstractValidator<AcceptDossier>
{
    public AcceptDossierValidator() => RuleFor(c => c.Acceptance).SetValidator(new AcceptanceValidator()).OverridePropertyName("");
}

internal sealed class AcceptanceValidator : AbstractValidator<Acceptance>
{
    public AcceptanceValidator() =>
        RuleFor(a => a.CorrectedCase)
            .ChildRules(c =>
            {
                c.RuleFor(x => x!.VariantCode).MaximumLength(40);
                c.RuleFor(x => x!.PersonGroup).MaximumLength(40);
                c.RuleFor(x => x!.GroupEvidence).MaximumLength(200);
                c.RuleFor(x => x!.Copies).InclusiveBetween(1, 1000);
                c.RuleFor(x => x!.DeclaredValue).InclusiveBetween(1, DeclaredValue.Most);
                c.RuleFor(x => x!.Pages).InclusiveBetween(1, 100_000);
            });
}

internal sealed class AcceptDossierHandler(
    IRepository<Dossier> dossiers,
    PinnedProcedures procedures,
    IDossierNumbers numbers,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<AcceptDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(AcceptDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var published = await procedures.PublishedFor(dossier, ct);
        // The clock begins with the newest calendar; a change of it waits until this is saved.
        var centre = await centres.Get(dossier, await numbers.CalendarVersion(dossier.CalendarCode!, ct), ct);
        var corrected = request.Acceptance.CorrectedCase is { } c
            ? new FiledCase(c.VariantCode, c.PersonGroup, c.GroupEvidence, c.Copies, c.DeclaredValue, c.Pages)
            : null;
        try
        {
            dossier.Accept(published, corrected, centre.Calendar, user.Caller.Subject, clock.GetUtcNow());
        }
        catch (BusinessRuleException e) when (e.Error.Pointer is "/variantCode" or "/personGroup" or "/groupEvidence" or "/declaredValue")
        {
            // What the price follows from is said there.
            throw new BusinessRuleException(e.Error.At("/correctedCase" + e.Error.Pointer));
        }
        catch (BusinessRuleException e) when (e.Error.Code == PaymentErrors.PagesMissing.Code)
        {
            throw new BusinessRuleException(e.Error.At("/correctedCase/pages"));
        }
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class AcceptDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/accept", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Accept an online submission</summary>
    /// <remarks>Receives what was submitted online after the check of its components: the legal clock starts, the due instant is promised. Where the person chose the wrong case, the officer states the right one; its papers, its time and its price hold then. A right case that has to be paid before is kept, and the submission waits for the payment; what was paid beyond it is to be given back.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Acceptance? acceptance,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new AcceptDossier(id, ifMatch.Version, acceptance ?? new()), ct));
}
