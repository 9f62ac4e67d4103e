using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.HandOver;

/// <summary>How the result goes back.</summary>
/// <param name="Method">At the counter, online or by post.</param>
/// <param name="Receiver">Who took it; needed at the counter.</param>
/// <param name="IdentityCheck">How the receiver was identified; needed at the counter.</param>
internal sealed record Handover(ReturnMethod Method, string? Receiver = null, IdentityCheck? IdentityCheck = null);

internal sealed record ReturnDossier(Guid Id, uint Seen, Handover Handover) : ICommand<Versioned<DossierView>>;

internal sealed class ReturnDossierValidator : AbstractValidator<ReturnDossier>
{
    public ReturnDossierValidator()
    {
        RuleFor(c => c.Handover.Method).IsInEnum().OverridePropertyName("method");
        RuleFor(c => c.Handover.Receiver).MaximumLength(200).OverridePropertyName("receiver");
        RuleFor(c => c.Handover.IdentityCheck).IsInEnum().OverridePropertyName("identityCheck");
    }
}

internal sealed class ReturnDossierHandler(IRepository<Dossier> dossiers, PinnedProcedures procedures, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ReturnDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ReturnDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        // Linked dossiers have one appointment: the leading one goes back when all are settled.
        var open = await dossiers.List(new OpenFollowerOf(dossier.Id), ct);
        if (open.Count > 0)
            throw new BusinessRuleException(LifeCycleErrors.LinkedOpen.With(string.Join(", ", open.Select(d => d.Code))));
        var h = request.Handover;
        // What was imported may be older than the catalogue; it has no version here to be judged by.
        var flags = dossier.Source is null ? (await procedures.ContentOf(dossier, ct)).Flags : ProcedureFlags.Usual;
        dossier.Return(h.Method, h.Receiver, h.IdentityCheck, user.Caller.Subject, clock.GetUtcNow(), flags);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ReturnDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/return", Handle).Requires(DossiersPermissions.Return);

    /// <summary>Return the result</summary>
    /// <remarks>Gives the result back to the person, once the receiver is known and everything that is owed is paid; the refusal names what and how much. Being late never blocks it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Handover handover,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ReturnDossier(id, ifMatch.Version, handover), ct));
}
