using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

/// <summary>That no scan is needed of a paper.</summary>
/// <param name="Component">Code of the component that was handed in.</param>
/// <param name="Reason">Why; the note is taken back when left out.</param>
internal sealed record ScanException(string Component, NoScanReason? Reason = null);

internal sealed record SpareScan(Guid Id, uint Seen, ScanException Exception) : ICommand<Versioned<DossierView>>;

internal sealed class SpareScanValidator : AbstractValidator<SpareScan>
{
    public SpareScanValidator()
    {
        RuleFor(c => c.Exception.Component).NotEmpty().MaximumLength(40).OverridePropertyName("component");
        RuleFor(c => c.Exception.Reason).IsInEnum().OverridePropertyName("reason");
    }
}

internal sealed class SpareScanHandler(IRepository<Dossier> dossiers, IRepository<DossierFile> files, IDocumentLog log)
    : IRequestHandler<SpareScan, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(SpareScan request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var (component, reason) = request.Exception;
        if (reason is not null && await files.Any(new ScanOf(dossier.Id, component), ct))
            throw new BusinessRuleException(FileErrors.ScanThere.At("/component"));
        dossier.SpareScan(component, reason);
        log.Line(
            dossier.Id,
            reason is null ? "scanExpected" : "scanNotNeeded",
            reason is null ? component : $"{component}: {JsonNamingPolicy.CamelCase.ConvertName($"{reason}")}"
        );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class SpareScanEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/scan-exceptions", Handle).Requires(DossiersPermissions.ManageDocuments);

    /// <summary>Note that no scan is needed</summary>
    /// <remarks>Notes why a paper that was handed in is not scanned (Circular 03/2025/TT-VPCP, art. 5(2)): it is only shown, it is the reply of a consulted agency, or it is secret. Without a reason the note is taken back. What was submitted electronically needs no note.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        ScanException exception,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new SpareScan(id, ifMatch.Version, exception), ct));
}
