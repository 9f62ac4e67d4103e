using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Reception;

/// <summary>What a person submitted on the National Public Service Portal, as the portal hands it on.</summary>
/// <param name="CentreCode">Centre that answers for the intake.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="Applicant">Who applies; the identity number is that of the e-identity account.</param>
/// <param name="Documents">What is handed in, out of the published list.</param>
/// <param name="SubmittedAt">When it was submitted there, which begins the time of intake; now when not given.</param>
/// <param name="PortalCode">Its code at the portal; the same one is taken once.</param>
/// <param name="AgencyCode">The competent agency; needed for procedures of the communes, else that of the procedure.</param>
/// <param name="AssistedAtCentreCode">Centre that helped the person with it.</param>
/// <param name="ReturnAtCentreCode">Centre where the result is wanted, when it is another one.</param>
/// <param name="PersonGroup">The person's group, where the procedure has another price for it.</param>
/// <param name="GroupEvidence">Number of the paper that proves the group; needed where the group pays less.</param>
/// <param name="DeclaredValue">The value that the applicant declares, in dong; needed where the price is a percentage of it.</param>
/// <param name="Involved">Owner and representative, when the applicant does not act for himself alone.</param>
/// <param name="VariantCode">The variant of the procedure; the ordinary case when left out.</param>
/// <param name="Copies">Copies of the result that are wanted, 1 to 1,000.</param>
/// <param name="Notifications">How the person wants to be told; by e-mail and short message in Vietnamese when left out.</param>
internal sealed record SubmitOnline(
    string CentreCode,
    string ProcedureCode,
    ApplicantInput Applicant,
    IReadOnlyList<ComponentInput> Documents,
    DateTimeOffset? SubmittedAt = null,
    string? PortalCode = null,
    string? AgencyCode = null,
    string? AssistedAtCentreCode = null,
    string? ReturnAtCentreCode = null,
    string? PersonGroup = null,
    string? GroupEvidence = null,
    long? DeclaredValue = null,
    InvolvedInput? Involved = null,
    string? VariantCode = null,
    int Copies = 1,
    NotificationWishInput? Notifications = null
) : ICommand<Versioned<DossierView>>;

internal sealed class SubmitOnlineValidator : AbstractValidator<SubmitOnline>
{
    public SubmitOnlineValidator()
    {
        RuleFor(c => c.CentreCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.ProcedureCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.AgencyCode).MaximumLength(40);
        RuleFor(c => c.AssistedAtCentreCode).MaximumLength(40);
        RuleFor(c => c.ReturnAtCentreCode).MaximumLength(40);
        RuleFor(c => c.PersonGroup).MaximumLength(40);
        RuleFor(c => c.GroupEvidence).MaximumLength(200);
        RuleFor(c => c.DeclaredValue).InclusiveBetween(1, Domain.DeclaredValue.Most);
        RuleFor(c => c.VariantCode).MaximumLength(40);
        RuleFor(c => c.Copies).InclusiveBetween(1, 1000);
        RuleFor(c => c.Involved).SetValidator(new InvolvedInputValidator()!);
        RuleFor(c => c.Notifications).SetValidator(new NotificationWishInputValidator()!);
        RuleFor(c => c.PortalCode).MaximumLength(60).MatchesWhole("^[A-Za-z0-9.-]+$");
        RuleFor(c => c.Documents).NotNull().MostItems(100);
        RuleForEach(c => c.Documents).SetValidator(new ComponentInputValidator());
        RuleFor(c => c.Applicant).SetValidator(new ApplicantInputValidator());
    }
}

internal sealed class SubmitOnlineHandler(IRepository<Dossier> dossiers, OnlineSubmissions submissions)
    : IRequestHandler<SubmitOnline, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(SubmitOnline request, CancellationToken ct)
    {
        var dossier = await submissions.Take(
            new(
                request.CentreCode,
                request.ProcedureCode,
                request.Applicant,
                request.Documents,
                request.SubmittedAt,
                request.PortalCode,
                request.AgencyCode,
                request.AssistedAtCentreCode,
                request.ReturnAtCentreCode
            )
            {
                PersonGroup = request.PersonGroup,
                GroupEvidence = request.GroupEvidence,
                DeclaredValue = request.DeclaredValue,
                Involved = request.Involved,
                VariantCode = request.VariantCode,
                Copies = request.Copies,
                Notifications = request.Notifications,
            },
            ct
        );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class SubmitOnlineEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/online-submissions", Handle).Requires(DossiersPermissions.Submit);

    /// <summary>Submit a dossier online</summary>
    /// <remarks>Takes in what was submitted on the national portal and begins the time of intake. Who may file, in which way and where is judged as at a counter. It is received when an officer accepts it.</remarks>
    private static async Task<CreatedAnswer<DossierView>> Handle(SubmitOnline command, ISender sender, CancellationToken ct)
    {
        var dossier = await sender.Send(command, ct);
        return new($"/api/v1/dossiers/{dossier.Item.Id}", dossier);
    }
}
