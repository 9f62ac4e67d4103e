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
/// <param name="Applicant">Who applies.</param>
/// <param name="Documents">What is handed in; every required component of the procedure must be among it.</param>
/// <param name="CounterId">The counter, when it is received at one.</param>
/// <param name="AgencyCode">The competent agency; needed for procedures of the communes, else that of the procedure.</param>
/// <param name="Channel">How it came in: <c>counter</c> (default) or <c>post</c>.</param>
/// <param name="Involved">Owner and representative, when the applicant does not act for himself alone.</param>
/// <param name="VariantCode">The variant of the procedure; the ordinary case when left out.</param>
/// <param name="PersonGroup">The person's group, where the procedure has another price for it.</param>
/// <param name="Copies">Copies of the result that are wanted, 1 to 1,000.</param>
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
    int Copies = 1
) : ICommand<Versioned<DossierView>>;

/// <summary>Who applies, as the counter writes it down.</summary>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="Kind">What kind of applicant; a citizen when not given.</param>
/// <param name="IdentityNumber">12-digit personal number, 9-digit old card, or tax code of 10 or 10-3 digits.</param>
/// <param name="Phone">Telephone, 8 to 15 digits.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Address">Postal address.</param>
internal sealed record ApplicantInput(
    string Name,
    ApplicantKind Kind = ApplicantKind.Citizen,
    string? IdentityNumber = null,
    string? Phone = null,
    string? Email = null,
    string? Address = null
);

/// <summary>A component that is handed in.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Kind">Original, copy or electronic file; a copy when not given.</param>
/// <param name="Quantity">How many sets, 1 to 100.</param>
/// <param name="Pages">How many pages each, 1 to 10,000.</param>
internal sealed record ComponentInput(string Code, CopyKind Kind = CopyKind.Copy, int Quantity = 1, int? Pages = null);

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
        RuleFor(c => c.Copies).InclusiveBetween(1, 1000);
        RuleFor(c => c.Documents).NotNull().MostItems(100);
        RuleForEach(c => c.Documents)
            .ChildRules(c =>
            {
                c.RuleFor(x => x.Code).NotEmpty().MaximumLength(40);
                c.RuleFor(x => x.Kind).IsInEnum();
                c.RuleFor(x => x.Quantity).InclusiveBetween(1, 100);
                c.RuleFor(x => x.Pages).InclusiveBetween(1, 10_000);
            });
        RuleFor(c => c.Involved).SetValidator(new InvolvedInputValidator()!);
        RuleFor(c => c.Applicant)
            .ChildRules(a =>
            {
                a.RuleFor(x => x.Name).NotEmpty().MaximumLength(200);
                a.RuleFor(x => x.Kind).IsInEnum();
                a.RuleFor(x => x.IdentityNumber).MatchesWhole(People.NumberPattern);
                a.RuleFor(x => x.Phone).MatchesWhole(People.PhonePattern);
                a.RuleFor(x => x.Email).EmailAddress().MaximumLength(200);
                a.RuleFor(x => x.Address).MaximumLength(300);
            });
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
        var components = request.Documents.Select(c => new DossierComponent(c.Code, c.Kind, c.Quantity, c.Pages)).ToList();
        var (procedure, version, agency) = await AdmitRemembered(request, components, today, ct);
        var (applicant, parties) = (await request.Applicant.Kept(identityNumbers, ct), await request.Involved.Kept(identityNumbers, ct));

        var counted = new FigureKey(centre.Code, agency, procedure.FieldCode, procedure.Code, request.Channel);
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
            new(DossierCode.Write(agency, today, number.Serial), centre.Code, request.CounterId, agency, request.Channel)
            {
                VariantCode = request.VariantCode,
                PersonGroup = request.PersonGroup,
                Copies = request.Copies,
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
            dossier.Involve(parties);
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
        var agency = await CompetentAgency(request.AgencyCode, version.Content, ct);
        if (!VisibleIn.Covers(user.Scope, request.CentreCode, agency))
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/centreCode"));
        version.Content.Admit(request.CentreCode, request.Channel, request.PersonGroup);
        version.Content.For(request.VariantCode).Check(components);
        return (version, agency);
    }

    // The code of a dossier is that of the competent agency, wherever it was received.
    private async Task<string> CompetentAgency(string? named, ProcedureContent content, CancellationToken ct)
    {
        if (content.AgencyCode is { } fixedAgency)
            return named is null || named == fixedAgency
                ? fixedAgency
                : throw new BusinessRuleException(DossierErrors.UnknownAgency.At("/agencyCode"));
        if (named is null)
            throw new BusinessRuleException(DossierErrors.AgencyMissing.At("/agencyCode"));
        return await catalogue.LevelOf(named, ct) == content.Level
            ? named
            : throw new BusinessRuleException(DossierErrors.UnknownAgency.At("/agencyCode"));
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
