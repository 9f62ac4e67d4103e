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

namespace Pac.Dossiers.Features.HandOver;

/// <summary>How the result goes back.</summary>
/// <param name="Method">At the counter, online or by post.</param>
/// <param name="Receiver">Who took it; needed at the counter. By post to whom it is sent, the applicant when left out.</param>
/// <param name="IdentityCheck">How the receiver was identified; needed at the counter, and online unless the dossier was submitted with an e-identity account.</param>
/// <param name="Authorisation">The paper by which somebody else takes it; needed when identified by authorisation, unless the dossier names a representative whose authorisation is in force.</param>
/// <param name="ConsignmentNumber">Number of the consignment; needed by post.</param>
internal sealed record Handover(
    ReturnMethod Method,
    string? Receiver = null,
    IdentityCheck? IdentityCheck = null,
    AuthorisationInput? Authorisation = null,
    string? ConsignmentNumber = null
);

internal sealed record ReturnDossier(Guid Id, uint Seen, Handover Handover) : ICommand<Versioned<DossierView>>;

internal sealed class ReturnDossierValidator : AbstractValidator<ReturnDossier>
{
    public ReturnDossierValidator()
    {
        RuleFor(c => c.Handover.Method).IsInEnum().OverridePropertyName("method");
        RuleFor(c => c.Handover.Receiver).MaximumLength(200).OverridePropertyName("receiver");
        RuleFor(c => c.Handover.IdentityCheck).IsInEnum().OverridePropertyName("identityCheck");
        RuleFor(c => c.Handover.Authorisation!.Number)
            .NotEmpty()
            .MaximumLength(60)
            .When(c => c.Handover.Authorisation is not null)
            .OverridePropertyName("authorisation.number");
        RuleFor(c => c.Handover.ConsignmentNumber)
            .MatchesWhole("^[0-9A-Za-z-]{4,40}$")
            .MaximumLength(40)
            .OverridePropertyName("consignmentNumber");
    }
}

internal sealed class ReturnDossierHandler(
    IRepository<Dossier> dossiers,
    IRepository<DossierFile> files,
    ILinkedDossiers linked,
    PinnedProcedures procedures,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ReturnDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ReturnDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        // Linked dossiers have one appointment: the leading one goes back when all are settled.
        var open = (await linked.LedBy([dossier.Id], ct)).Where(d => d.SettledAt is null).ToList();
        if (open.Count > 0)
            throw new BusinessRuleException(LifeCycleErrors.LinkedOpen.With(string.Join(", ", open.Select(d => d.Code))));
        var h = request.Handover;
        // What was imported may be older than the catalogue; it has no version here to be judged by.
        var flags = dossier.Source is null ? (await procedures.ContentOf(dossier, ct)).Flags : ProcedureFlags.Usual;
        var paper = h.Authorisation is { } a ? new Authorisation(a.Number, a.Date, a.ValidUntil) : null;
        var hasFile = h.Method == ReturnMethod.Online && await files.Any(new ResultOf(dossier.Id), ct);
        dossier.Return(
            new(h.Method, h.Receiver, h.IdentityCheck, paper, h.ConsignmentNumber, hasFile),
            user.Caller.Subject,
            clock.GetUtcNow(),
            flags
        );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ReturnDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/return", Handle).Requires(DossiersPermissions.Return);

    /// <summary>Return the result</summary>
    /// <remarks>Gives the result back to the person, once the receiver is known and everything that is owed is paid; the refusal names what and how much. By post it needs the number of the consignment; online a file of the result and an identified holder. Being late never blocks it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Handover handover,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ReturnDossier(id, ifMatch.Version, handover), ct));
}
