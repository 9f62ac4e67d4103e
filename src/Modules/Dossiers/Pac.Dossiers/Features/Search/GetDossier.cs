using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record GetDossier(Guid Id) : IQuery<Versioned<DossierView>>;

internal sealed class GetDossierHandler(DossiersDbContext db) : IRequestHandler<GetDossier, Versioned<DossierView>>
{
    // The read of every desk: compiled once, and without the steps, which have an address of their own.
    private static readonly Func<DossiersDbContext, DossierId, Task<Versioned<DossierView>?>> ById = EF.CompileAsyncQuery(
        (DossiersDbContext context, DossierId id) =>
            context
                .AllDossiers.Where(d => d.Id == id)
                .Select(d => new Versioned<DossierView>(
                    new DossierView(
                        d.Id.Value,
                        d.Code,
                        d.ProcedureCode,
                        d.ProcedureVersion,
                        d.FieldCode,
                        d.CentreCode,
                        d.CounterId,
                        d.AgencyCode,
                        d.Channel,
                        d.Status,
                        DossierView.NationalCode(d.Status),
                        new MaskedApplicant(
                            d.Applicant.Kind,
                            d.Applicant.Name,
                            Mask.Number(d.Applicant.IdentityNumber),
                            Mask.Number(d.Applicant.Phone)
                        ),
                        ComponentView.Of(d.Components),
                        d.OnlySubmitted ? null : d.ReceivedAt,
                        d.DueAt,
                        ClockView.Of(d.Clock),
                        d.CurrentStep,
                        d.AssignedTo,
                        d.SettledAt,
                        d.Outcome,
                        ResultView.Of(d.Result),
                        d.LateCause,
                        d.ReturnedAt,
                        d.ReturnMethod,
                        HandoverView.Of(d.ReturnedTo, d.ReturnIdentity, d.ReturnAuthorisation, d.ReturnConsignment),
                        d.VariantCode,
                        d.PersonGroup,
                        d.DeclaredValue,
                        d.Copies,
                        d.FeesDue,
                        d.Payment,
                        d.Delivery,
                        d.Sync,
                        d.PromisedAt,
                        d.SubmittedAt,
                        DossierView.EndOf(d.Intake),
                        d.PortalCode,
                        d.AssistedCentreCode,
                        d.Assistance,
                        d.ReturnCentreCode,
                        d.HandlingAgencyCode,
                        DossierView.IdOf(d.ParentId),
                        ProceedingsView.Of(d.Supplements, d.Extension, d.Withdrawal, d.Closing),
                        d.ErasedAt
                    ),
                    d.Version
                ))
                .FirstOrDefault()
    );

    public async Task<Versioned<DossierView>> Handle(GetDossier request, CancellationToken ct)
    {
        // Found by key, then judged by the rule that filters the lists.
        var found = await ById(db, new DossierId(request.Id));
        return found is not null && Sees(found.Item) ? found : throw new NotFoundException("dossier");
    }

    private bool Sees(DossierView d) =>
        VisibleIn.Covers(db.User.Scope, d.CentreCode, d.AgencyCode, d.ReturnAtCentreCode, d.HandlingAgencyCode);
}

internal sealed class GetDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read a dossier</summary>
    /// <remarks>Gives one dossier that the caller may see; what identifies the person is masked.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetDossier(id), ct));
}
