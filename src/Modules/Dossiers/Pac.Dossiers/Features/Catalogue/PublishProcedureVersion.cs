using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A new version of a procedure.</summary>
/// <param name="EffectiveFrom">First day it is in force, after that of the last version.</param>
/// <param name="Decision">The decision by which it is published.</param>
/// <param name="Details">What it says.</param>
/// <param name="DecidedOn">Day of the decision.</param>
internal sealed record NewProcedureVersion(DateOnly EffectiveFrom, string Decision, ProcedureDetails Details, DateOnly? DecidedOn = null);

internal sealed record PublishProcedureVersion(string Code, uint Seen, NewProcedureVersion New) : ICommand<Versioned<ProcedureView>>;

internal sealed class PublishProcedureVersionValidator : AbstractValidator<PublishProcedureVersion>
{
    public PublishProcedureVersionValidator()
    {
        RuleFor(c => c.New.Decision).NotEmpty().MaximumLength(300).OverridePropertyName("decision");
        RuleFor(c => c.New.Details).SetValidator(new ProcedureDetailsValidator()).OverridePropertyName("details");
    }
}

internal sealed class PublishProcedureVersionHandler(
    IRepository<Procedure> procedures,
    ICatalogue catalogue,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<PublishProcedureVersion, Versioned<ProcedureView>>
{
    public async Task<Versioned<ProcedureView>> Handle(PublishProcedureVersion request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var procedure = await procedures.Get(new ProcedureWithCode(request.Code), request.Seen, ct);
        var facts = await catalogue.Facts(ct);
        var content = CatalogueRules.WithTemplate(request.New.Details.ToContent(), facts);
        CatalogueRules.Check(content, facts, request.New.EffectiveFrom);
        if (request.New.DecidedOn > request.New.EffectiveFrom)
            throw new BusinessRuleException(CatalogueErrors.EffectiveBeforeDecision.At("/effectiveFrom"));
        var today = clock.GetUtcNow().LocalDay();
        procedure.Publish(request.New.EffectiveFrom, request.New.Decision, content, request.New.DecidedOn, today);
        await procedures.Save(ct);
        return new(ProcedureView.Of(procedure, procedure.Versions[^1], today), procedure.Version);
    }
}

internal sealed class PublishProcedureVersionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/procedures/{code}/versions", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Publish a version of a procedure</summary>
    /// <remarks>Adds a version that takes effect on a later day; open dossiers keep the version they were received under.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<CreatedAnswer<ProcedureView>> Handle(
        string code,
        NewProcedureVersion version,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) =>
        new(
            $"/api/v1/procedures/{Uri.EscapeDataString(code)}",
            await sender.Send(new PublishProcedureVersion(code, ifMatch.Version, version), ct)
        );
}
