using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Handling;

/// <summary>The signed document that settles a dossier.</summary>
/// <param name="Number">Its number; number, date and signer may be left out together where the procedure need not end with a document.</param>
/// <param name="Date">Its date.</param>
/// <param name="Signer">Who signed, by office.</param>
/// <param name="RefusalReason">Why it is refused; left out for a result.</param>
/// <param name="LateCause">Why it is late; needed when the due instant has passed.</param>
internal sealed record Settlement(
    string? Number = null,
    DateOnly? Date = null,
    string? Signer = null,
    string? RefusalReason = null,
    string? LateCause = null
);

internal sealed record SettleDossier(Guid Id, uint Seen, Settlement Settlement) : ICommand<Versioned<DossierView>>;

internal sealed class SettleDossierValidator : AbstractValidator<SettleDossier>
{
    public SettleDossierValidator()
    {
        RuleFor(c => c.Settlement.Number).NotEmpty().When(c => c.Settlement.Number is not null).OverridePropertyName("number");
        RuleFor(c => c.Settlement.Number).MaximumLength(60).OverridePropertyName("number");
        RuleFor(c => c.Settlement.Signer).NotEmpty().When(c => c.Settlement.Signer is not null).OverridePropertyName("signer");
        RuleFor(c => c.Settlement.Signer).MaximumLength(200).OverridePropertyName("signer");
        RuleFor(c => c.Settlement.RefusalReason)
            .NotEmpty()
            .When(c => c.Settlement.RefusalReason is not null)
            .MaximumLength(500)
            .OverridePropertyName("refusalReason");
        RuleFor(c => c.Settlement.LateCause).MaximumLength(500).OverridePropertyName("lateCause");
    }
}

internal sealed class SettleDossierHandler(
    IRepository<Dossier> dossiers,
    StepConsultations consultations,
    PinnedProcedures procedures,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<SettleDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(SettleDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var s = request.Settlement;
        var now = clock.GetUtcNow();
        if (s.RefusalReason is null)
            await consultations.RefuseWhileAwaited(dossier.Id, now, ct);
        ResultDocument? document =
            s is { Number: { } number, Date: { } date, Signer: { } signer } ? new(number, date, signer, s.RefusalReason)
            // A document is whole, and a refusal always is one.
            : s is { Number: null, Date: null, Signer: null, RefusalReason: null } ? null
            : throw new BusinessRuleException(PaymentErrors.ResultMissing.At("/number"));
        var content = await procedures.ContentOf(dossier, ct);
        var flags = content.Flags;
        if (s.RefusalReason is null)
            dossier.RequireComponents(content);
        dossier.Settle(document, s.LateCause, user.Caller.Subject, now, flags);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class SettleDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/settle", Handle).Requires(DossiersPermissions.Settle);

    /// <summary>Settle a dossier</summary>
    /// <remarks>Ends the work with the signed result, or with a refusal and its reason. A procedure that need not end with a document is settled without one. A late one needs its cause.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Settlement settlement,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new SettleDossier(id, ifMatch.Version, settlement), ct));
}
