using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Consultations;

/// <summary>A question to another agency.</summary>
/// <param name="AgencyCode">The agency that is asked.</param>
/// <param name="Question">What it is asked. It sees this and the code of the dossier, nothing of the person.</param>
/// <param name="Hours">Working hours it has; those of the workflow for this step when left out, and 40 where it names none.</param>
internal sealed record ConsultationInput(string AgencyCode, string Question, decimal? Hours = null);

internal sealed record ConsultAgency(Guid Id, uint Seen, ConsultationInput Asked) : ICommand<Versioned<ConsultationView>>;

internal sealed class ConsultAgencyValidator : AbstractValidator<ConsultAgency>
{
    public ConsultAgencyValidator() => RuleFor(c => c.Asked).SetValidator(new ConsultationInputValidator()).OverridePropertyName("");
}

internal sealed class ConsultationInputValidator : AbstractValidator<ConsultationInput>
{
    public ConsultationInputValidator()
    {
        RuleFor(a => a.AgencyCode).NotEmpty().MaximumLength(40);
        RuleFor(a => a.Question).NotEmpty().MaximumLength(2000);
        RuleFor(a => a.Hours).InclusiveBetween(0.5m, 2000m);
    }
}

internal sealed class ConsultAgencyHandler(
    IRepository<Dossier> dossiers,
    IRepository<AgencyConsultation> consultations,
    ICatalogue catalogue,
    PinnedProcedures procedures,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ConsultAgency, Versioned<ConsultationView>>
{
    public async Task<Versioned<ConsultationView>> Handle(ConsultAgency request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var (agency, question, hours) = request.Asked;
        await catalogue.MustAct(agency, clock.GetUtcNow().LocalDay(), LifeCycleErrors.NoSuchAgency, ct);
        var step = StepConsultations.InHand(await procedures.ContentOf(dossier, ct), dossier);
        var planned = step.FirstOrDefault(c => c.AgencyCode == agency) ?? step.FirstOrDefault(c => c.AgencyCode is null);
        var centre = await centres.Get(dossier, 0, ct);
        var asked = AgencyConsultation.Ask(
            dossier,
            agency,
            question,
            hours ?? planned?.Hours ?? StepConsultations.Usual,
            centre.Calendar,
            user.Caller.Subject,
            clock.GetUtcNow()
        );
        consultations.Add(asked);
        await consultations.Save(ct);
        return new(ConsultationView.Of(asked), asked.Version);
    }
}

internal sealed class ConsultAgencyEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/consultations", Handle).Requires(DossiersPermissions.Process);

    /// <summary>Consult an agency</summary>
    /// <remarks>Asks another agency for its opinion while the dossier is worked on. Several may be asked at once. Until they have answered, or their time is over, the step in hand cannot be completed and no result can be given.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<CreatedAnswer<ConsultationView>> Handle(
        Guid id,
        ConsultationInput asked,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var created = await sender.Send(new ConsultAgency(id, ifMatch.Version, asked), ct);
        return new($"/api/v1/consultations/{created.Item.Id}", created);
    }
}
