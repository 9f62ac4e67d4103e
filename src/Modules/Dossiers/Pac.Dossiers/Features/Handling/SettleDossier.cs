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

namespace Pac.Dossiers.Features.Handling;

/// <summary>The signed document that settles a dossier.</summary>
/// <param name="Number">Its number; number, date and signer may be left out together where the procedure need not end with a document.</param>
/// <param name="Date">Its date.</param>
/// <param name="Signer">Who signed, by office.</param>
/// <param name="RefusalReason">Why it is refused; left out for a result.</param>
/// <param name="LateCause">Why it is late; needed when the due instant has passed.</param>
/// <param name="DocumentIds">The files of the result among those that were uploaded; all of them when left out. The others are taken out.</param>
internal sealed record Settlement(
    string? Number = null,
    DateOnly? Date = null,
    string? Signer = null,
    string? RefusalReason = null,
    string? LateCause = null,
    IReadOnlyList<Guid>? DocumentIds = null
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
        RuleFor(c => c.Settlement.DocumentIds!)
            .NotEmpty()
            .MostItems(20)
            .When(c => c.Settlement.DocumentIds is not null)
            .OverridePropertyName("documentIds");
    }
}

internal sealed class SettleDossierHandler(
    IRepository<Dossier> dossiers,
    IRepository<DossierFile> files,
    IStoredContent contents,
    IDocumentLog log,
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
        var uploaded = await files.List(new ResultOf(dossier.Id), ct);
        var since = dossier.Clock?.ReopenedAt();
        var drafted = uploaded.Where(f => since is null || f.AddedAt >= since).ToList();
        if (document is null && (s.DocumentIds is not null || drafted.Count > 0))
            throw new BusinessRuleException(PaymentErrors.ResultMissing.At("/number"));
        // A draft of the result is not the letter of a refusal.
        if (document?.Reason is not null && s.DocumentIds is null && drafted.Count > 0)
            throw new BusinessRuleException(HandoverErrors.NameTheFiles.At("/documentIds"));
        if (document is not null)
            document = document with
            {
                Files = await Become(dossier, uploaded, s.DocumentIds ?? drafted.ConvertAll(f => f.Id.Value), now, ct),
            };
        var content = await procedures.ContentOf(dossier, ct);
        var flags = content.Flags;
        if (s.RefusalReason is null)
            dossier.RequireComponents(content);
        dossier.Settle(document, s.LateCause, user.Caller.Subject, now, flags);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }

    // What was the result before the dossier was opened again is it once more only when it is named.
    private async Task<IReadOnlyList<ResultFile>?> Become(
        Dossier dossier,
        IReadOnlyList<DossierFile> uploaded,
        IReadOnlyList<Guid> named,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        foreach (var unknown in named.Where(n => uploaded.All(f => f.Id.Value != n)))
            throw new BusinessRuleException(HandoverErrors.NotItsResult.With(unknown).At("/documentIds"));
        var chosen = uploaded.Where(f => named.Contains(f.Id.Value)).OrderBy(f => f.Id.Value).ToList();
        foreach (var other in uploaded.Except(chosen))
        {
            other.Supersede(user.Caller.Subject, now);
            log.Line(dossier.Id, "documentRemoved", "result");
            await contents.Release(other.Sha256, ct);
        }
        return chosen.Count == 0 ? null : [.. chosen.Select(f => new ResultFile(f.Id.Value, f.Signature))];
    }
}

internal sealed class SettleDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/settle", Handle).Requires(DossiersPermissions.Settle);

    /// <summary>Settle a dossier</summary>
    /// <remarks>Ends the work with the signed result, or with a refusal and its reason. A procedure that need not end with a document is settled without one. Files of the result that were uploaded while it was in process become the result in the same act; where the procedure wants an electronic result there has to be one. A late one needs its cause.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Settlement settlement,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new SettleDossier(id, ifMatch.Version, settlement), ct));
}
