using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

/// <summary>What the national portal said to the last act it was told.</summary>
/// <param name="Taken">Whether it took it.</param>
/// <param name="Code">Its answer code, such as that of an error.</param>
internal sealed record SyncAnswer(bool Taken, string? Code = null);

internal sealed record NoteSynchronisation(Guid Id, uint Seen, SyncAnswer Answer) : ICommand<Versioned<DossierView>>;

internal sealed class NoteSynchronisationValidator : AbstractValidator<NoteSynchronisation>
{
    public NoteSynchronisationValidator() => RuleFor(c => c.Answer).SetValidator(new SyncAnswerValidator()).OverridePropertyName("");
}

internal sealed class SyncAnswerValidator : AbstractValidator<SyncAnswer>
{
    public SyncAnswerValidator()
    {
        RuleFor(a => a.Code).MaximumLength(60);
    }
}

internal sealed class NoteSynchronisationHandler(IRepository<Dossier> dossiers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<NoteSynchronisation, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(NoteSynchronisation request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        dossier.NoteSync(request.Answer.Taken, request.Answer.Code, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class NoteSynchronisationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/note-synchronisation", Handle).Requires(DossiersPermissions.Synchronise);

    /// <summary>Note the synchronisation</summary>
    /// <remarks>Notes whether the national portal knows how the dossier stands; every later act opens the question again.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        SyncAnswer answer,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new NoteSynchronisation(id, ifMatch.Version, answer), ct));
}
