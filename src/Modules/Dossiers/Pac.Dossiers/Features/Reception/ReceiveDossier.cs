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

namespace Pac.Dossiers.Features.Reception;

/// <summary>A dossier that a counter receives, or that came by post.</summary>
/// <param name="CentreCode">Centre that receives it; any centre of the province receives any procedure (Decree 118/2025, art. 14).</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="Applicant">Who applies; the procedure has to be open to that kind of applicant, or to that of the owner.</param>
/// <param name="Documents">What is handed in; every required component of the procedure must be among it.</param>
/// <param name="CounterId">The counter, when it is received at one.</param>
/// <param name="AgencyCode">The competent agency; needed for procedures of the communes, else that of the procedure.</param>
/// <param name="Channel">How it came in: <c>counter</c> (default) or <c>post</c>.</param>
/// <param name="Involved">Owner and representative, when the applicant does not act for himself alone.</param>
/// <param name="VariantCode">The variant of the procedure; the ordinary case when left out.</param>
/// <param name="PersonGroup">The person's group, where the procedure has another price for it.</param>
/// <param name="Copies">Copies of the result that are wanted, 1 to 1,000.</param>
/// <param name="AssistedAtCentreCode">Centre that helped the person with it, when it was another one.</param>
/// <param name="ReturnAtCentreCode">Centre where the result is wanted, when it is another one.</param>
/// <param name="GroupEvidence">Number of the paper that proves the group; needed where the group pays less.</param>
/// <param name="DeclaredValue">The value that the applicant declares, in dong; needed where the price is a percentage of it.</param>
/// <param name="Notifications">How the person wants to be told; by e-mail and short message in Vietnamese when left out.</param>
internal sealed record ReceiveDossier(
    string CentreCode,
    string ProcedureCode,
    ApplicantInput Applicant,
    IReadOnlyList<ComponentInput> Documents,
    Guid? CounterId = null,
    string? AgencyCode = null,
    Channel Channel = Channel.Counter,
    InvolvedInput? Involved = null,
    string? VariantCode = null,
    string? PersonGroup = null,
    int Copies = 1,
    string? AssistedAtCentreCode = null,
    string? ReturnAtCentreCode = null,
    string? GroupEvidence = null,
    long? DeclaredValue = null,
    NotificationWishInput? Notifications = null
) : ICommand<Versioned<DossierView>>;

internal sealed class ReceiveDossierValidator : AbstractValidator<ReceiveDossier>
{
    public ReceiveDossierValidator()
    {
        RuleFor(c => c.CentreCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.ProcedureCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.AgencyCode).MaximumLength(40);
        RuleFor(c => c.Channel).IsInEnum();
        RuleFor(c => c.VariantCode).MaximumLength(40);
        RuleFor(c => c.PersonGroup).MaximumLength(40);
        RuleFor(c => c.GroupEvidence).MaximumLength(200);
        RuleFor(c => c.DeclaredValue).InclusiveBetween(1, Domain.DeclaredValue.Most);
        RuleFor(c => c.Copies).InclusiveBetween(1, 1000);
        RuleFor(c => c.Involved).SetValidator(new InvolvedInputValidator()!);
        RuleFor(c => c.AssistedAtCentreCode).MaximumLength(40);
        RuleFor(c => c.ReturnAtCentreCode).MaximumLength(40);
        RuleFor(c => c.Documents).NotNull().MostItems(100);
        RuleForEach(c => c.Documents).SetValidator(new ComponentInputValidator());
        RuleFor(c => c.Applicant).SetValidator(new ApplicantInputValidator());
        RuleFor(c => c.Notifications).SetValidator(new NotificationWishInputValidator()!);
    }
}

internal sealed class ReceiveDossierHandler(
    IRepository<Dossier> dossiers,
    ICatalogue catalogue,
    IDossierNumbers numbers,
    CentreCalendars centres,
    IIdentityNumbers identityNumbers,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ReceiveDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ReceiveDossier request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = now.LocalDay();
        // Citizens submit online through the national portal only, since 1 July 2025 (Decree 118/2025).
        if (request.Channel == Channel.Online)
            throw new BusinessRuleException(DossierErrors.ChannelClosed.At("/channel"));
        var centre =
            await centres.Find(request.CentreCode, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre.At("/centreCode"));
        await centres.Check(request.AssistedAtCentreCode, "/assistedAtCentreCode", ct);
        await centres.Check(request.ReturnAtCentreCode, "/returnAtCentreCode", ct);
        var components = ComponentInput.Read(request.Documents);
        var (procedure, version, agency) = await AdmitRemembered(request, components, today, ct);
        var (applicant, parties) = (await request.Applicant.Kept(identityNumbers, ct), await request.Involved.Kept(identityNumbers, ct));

        var helped = Domain.Reception.AssistanceOf(request.AssistedAtCentreCode, centre.Code);
        var counted = new FigureKey(centre.Code, agency, procedure.FieldCode, procedure.Code, request.Channel, helped);
        var number = await numbers.Next(today, counted, centre.Calendar.Definition.Code, ct);
        if (number.CalendarVersion > centre.Calendar.Definition.Version)
            centre = (await centres.Find(request.CentreCode, number.CalendarVersion, ct))!;
        if (number.ProcedureVersion != procedure.LastVersion)
        {
            procedure = await Present(request, ct);
            (version, var competent) = await Admit(procedure, request, components, today, ct);
            if (competent != agency)
                throw new BusinessRuleException(DossierErrors.CatalogueChanged);
        }
        var dossier = Dossier.Receive(
            new(
                DossierCode.Write(agency, today, number.Serial),
                centre.Code,
                request.CounterId,
                agency,
                request.Channel,
                request.AssistedAtCentreCode,
                request.ReturnAtCentreCode
            )
            {
                VariantCode = request.VariantCode,
                PersonGroup = request.PersonGroup,
                GroupEvidence = request.GroupEvidence,
                Copies = request.Copies,
                DeclaredValue = request.DeclaredValue,
            },
            procedure,
            version,
            applicant,
            components,
            centre.Calendar,
            user.Caller.Subject,
            now
        );
        if (parties is not null)
            dossier.Involve(parties, version.Content.Flags ?? ProcedureFlags.Usual);
        if (request.Notifications is { } wish)
            dossier.WishFor(wish.Read());
        dossiers.Add(dossier);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }

    // Checked before a number is taken: whoever is refused does not make others wait. What is remembered may admit, since the number
    // tells whether it was the newest version; it may not refuse.
    private async Task<(Procedure Procedure, ProcedureVersion Version, string Agency)> AdmitRemembered(
        ReceiveDossier request,
        List<DossierComponent> components,
        DateOnly today,
        CancellationToken ct
    )
    {
        try
        {
            if (await catalogue.Find(request.ProcedureCode, ct) is { } remembered)
            {
                var (version, agency) = await Admit(remembered, request, components, today, ct);
                return (remembered, version, agency);
            }
        }
        catch (BusinessRuleException)
        {
            // Asked again below, of the catalogue as it stands now.
        }
        var procedure = await Present(request, ct);
        var (inForce, competent) = await Admit(procedure, request, components, today, ct);
        return (procedure, inForce, competent);
    }

    private async Task<Procedure> Present(ReceiveDossier request, CancellationToken ct) =>
        await catalogue.Refresh(request.ProcedureCode, ct)
        ?? throw new BusinessRuleException(DossierErrors.UnknownProcedure.At("/procedureCode"));

    private async Task<(ProcedureVersion Version, string Agency)> Admit(
        Procedure procedure,
        ReceiveDossier request,
        List<DossierComponent> components,
        DateOnly today,
        CancellationToken ct
    )
    {
        if (procedure.InForceOn(today) is not { } version)
            throw new BusinessRuleException(DossierErrors.UnknownProcedure.At("/procedureCode"));
        var agency = await catalogue.CompetentAgency(request.AgencyCode, version.Content, today, ct);
        if (!VisibleIn.Covers(user.Scope, request.CentreCode, agency))
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/centreCode"));
        version.Content.Admit(
            new(
                new(
                    today,
                    request.Channel,
                    request.VariantCode,
                    request.PersonGroup,
                    request.Copies,
                    FeeQuestion.PagesOf(components),
                    request.DeclaredValue
                )
            )
            {
                CentreCode = request.CentreCode,
                ApplicantKind = request.Involved.KindConcerned(request.Applicant),
                EvidenceAtHand = !string.IsNullOrWhiteSpace(request.GroupEvidence),
            }
        );
        version.Content.For(request.VariantCode).Check(components);
        return (version, agency);
    }
}

internal sealed class ReceiveDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Receive a dossier</summary>
    /// <remarks>Checks the components, gives the dossier its code, starts the legal clock and promises the due instant.</remarks>
    private static async Task<CreatedAnswer<DossierView>> Handle(ReceiveDossier command, ISender sender, CancellationToken ct)
    {
        var dossier = await sender.Send(command, ct);
        return new($"/api/v1/dossiers/{dossier.Item.Id}", dossier);
    }
}
