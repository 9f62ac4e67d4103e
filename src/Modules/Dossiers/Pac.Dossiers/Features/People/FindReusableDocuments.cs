using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.People;

/// <summary>Whose earlier documents are wanted, and for what. It is a command, because looking is noted in the access log.</summary>
/// <param name="IdentityNumber" example="066190000123">The whole identity number of whoever's affair it is, as it stands on the card shown.</param>
/// <param name="ProcedureCode" example="1.004194">The procedure at hand.</param>
/// <param name="DossierId">The dossier in which they would be used; left out before there is one. The person has a part in it.</param>
internal sealed record FindReusableDocuments(string IdentityNumber, string ProcedureCode, Guid? DossierId = null)
    : ICommand<ReusableDocuments>;

/// <summary>What a procedure asks for, and what the administration has of it already (Decree 118/2025, art. 5 clause 1).</summary>
/// <param name="Items">The parts of the published list, in its order.</param>
internal sealed record ReusableDocuments(IReadOnlyList<ReusableForComponent> Items);

/// <summary>What may stand for a component.</summary>
/// <param name="Component" example="licence">Code of the component within the procedure.</param>
/// <param name="Name" example="Giấy phép lái xe cũ">Its name, in the language of the request.</param>
/// <param name="Documents">Files of earlier dossiers of the person, newest first; empty when the administration has none.</param>
internal sealed record ReusableForComponent(string Component, string Name, IReadOnlyList<ReusableDocument> Documents);

/// <summary>A file of an earlier dossier.</summary>
/// <param name="DossierId">The earlier dossier.</param>
/// <param name="DossierCode" example="H15.09-261124-0012">Its code.</param>
/// <param name="DocumentId">The document of it.</param>
/// <param name="Kind">What it was to that dossier.</param>
/// <param name="AddedAt">Since when it is there.</param>
/// <param name="ResultNumber" example="12/GP">Number of the result, when it is one.</param>
internal sealed record ReusableDocument(
    Guid DossierId,
    string DossierCode,
    Guid DocumentId,
    FileKind Kind,
    DateTimeOffset AddedAt,
    string? ResultNumber
);

internal sealed class FindReusableDocumentsValidator : AbstractValidator<FindReusableDocuments>
{
    public FindReusableDocumentsValidator()
    {
        RuleFor(s => s.IdentityNumber).NotEmpty().MatchesWhole(PersonalData.KeptNumberPattern);
        RuleFor(s => s.ProcedureCode).NotEmpty().MaximumLength(40);
    }
}

internal sealed class FindReusableDocumentsHandler(
    IRepository<Dossier> dossiers,
    IIdentityNumbers numbers,
    ICatalogue catalogue,
    PinnedProcedures procedures,
    ReusableFiles reusable,
    IAccessLog access,
    TimeProvider clock
) : IRequestHandler<FindReusableDocuments, ReusableDocuments>
{
    public async Task<ReusableDocuments> Handle(FindReusableDocuments request, CancellationToken ct)
    {
        var index = await numbers.IndexOf(request.IdentityNumber, ct);
        var content = request.DossierId is { } id
            ? await ContentOf(await dossiers.Get(new DossierWithId(new(id)), ct), request.ProcedureCode, index, ct)
            : await InForce(request.ProcedureCode, ct);
        var found = await reusable.For(content, request.ProcedureCode, index, request.DossierId is { } at ? new DossierId(at) : null, ct);
        foreach (var dossier in found.SelectMany(f => f).Select(f => f.DossierId).Distinct())
            access.Record(dossier, "reusable-documents");
        await dossiers.Save(ct);
        return new([
            .. content.Components.Select(c => new ReusableForComponent(
                c.Code,
                Language.Pick(c.Name, c.NameEn),
                [.. found[c.Code].Select(View)]
            )),
        ]);
    }

    private async Task<ProcedureContent> ContentOf(Dossier dossier, string procedureCode, byte[] index, CancellationToken ct)
    {
        if (dossier.ProcedureCode != procedureCode)
            throw new BusinessRuleException(ReuseErrors.OtherProcedure.With(dossier.ProcedureCode).At("/procedureCode"));
        if (dossier.PartOf(index) is null)
            throw new BusinessRuleException(ReuseErrors.NoPart.At("/identityNumber"));
        return await procedures.ContentOf(dossier, ct);
    }

    private async Task<ProcedureContent> InForce(string procedureCode, CancellationToken ct)
    {
        var procedure = await catalogue.Find(procedureCode, ct);
        return procedure?.InForceOn(clock.GetUtcNow().LocalDay())?.Content
            ?? throw new BusinessRuleException(DossierErrors.UnknownProcedure.At("/procedureCode"));
    }

    private static ReusableDocument View(EarlierFile f) =>
        new(f.DossierId.Value, f.DossierCode, f.Document.Value, f.Kind, f.AddedAt, f.ResultNumber);
}

internal sealed class FindReusableDocumentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reusable-documents", Handle).Requires(DossiersPermissions.ReadPersonal);

    /// <summary>Look up documents that can be used again</summary>
    /// <remarks>Gives, for each part of the published list of a procedure, the files and results of earlier dossiers of a person that the caller may see and that can stand for it, and notes in the access log who looked. Nothing of which there is one is asked for again but to verify it.</remarks>
    private static async Task<ValueAnswer<ReusableDocuments>> Handle(
        FindReusableDocuments question,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(question, ct));
}
