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

/// <summary>Why a submission is not accepted (phiếu từ chối, form 03).</summary>
/// <param name="Reason">The reason, as form 03 prints it.</param>
/// <param name="LegalBasis">The law it rests on.</param>
internal sealed record Rejection(string Reason, string LegalBasis);

internal sealed record RejectDossier(Guid Id, uint Seen, Rejection Rejection) : ICommand<Versioned<DossierView>>;

internal sealed class RejectDossierValidator : AbstractValidator<RejectDossier>
{
    public RejectDossierValidator() => RuleFor(c => c.Rejection).SetValidator(new RejectionValidator()).OverridePropertyName("");
}

internal sealed class RejectionValidator : AbstractValidator<Rejection>
{
    public RejectionValidator()
    {
        RuleFor(r => r.Reason).NotEmpty().MaximumLength(500);
        RuleFor(r => r.LegalBasis).NotEmpty().MaximumLength(300);
    }
}

internal sealed class RejectDossierHandler(IRepository<Dossier> dossiers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<RejectDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(RejectDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        dossier.Reject(request.Rejection.Reason, request.Rejection.LegalBasis, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class RejectDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/reject", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Reject an online submission</summary>
    /// <remarks>Does not accept what was submitted online and says why; form 03 tells the person. It counts in no figure.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Rejection rejection,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RejectDossier(id, ifMatch.Version, rejection), ct));
}
