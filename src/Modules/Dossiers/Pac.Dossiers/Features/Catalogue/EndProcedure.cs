using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>The end of a procedure.</summary>
/// <param name="EndsOn">Last day it is in force.</param>
/// <param name="Decision">The decision that ends it (quyết định bãi bỏ).</param>
/// <param name="SuccessorCode">The procedure that takes its place.</param>
internal sealed record ProcedureEnding(DateOnly EndsOn, string Decision, string? SuccessorCode = null);

internal sealed record EndProcedure(string Code, uint Seen, ProcedureEnding Ending) : ICommand<Versioned<ProcedureView>>;

internal sealed class EndProcedureValidator : AbstractValidator<EndProcedure>
{
    public EndProcedureValidator()
    {
        RuleFor(c => c.Ending.Decision).NotEmpty().MaximumLength(300).OverridePropertyName("decision");
        RuleFor(c => c.Ending.SuccessorCode).MaximumLength(40).OverridePropertyName("successorCode");
    }
}

internal sealed class EndProcedureHandler(IRepository<Procedure> procedures, CurrentUser user, TimeProvider clock)
    : IRequestHandler<EndProcedure, Versioned<ProcedureView>>
{
    public async Task<Versioned<ProcedureView>> Handle(EndProcedure request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var procedure = await procedures.Get(new ProcedureWithCode(request.Code), request.Seen, ct);
        var (ending, today) = (request.Ending, clock.GetUtcNow().LocalDay());
        if (ending.SuccessorCode is { } successor && !await procedures.Any(new ProcedureWithCode(successor), ct))
            throw new BusinessRuleException(CatalogueErrors.UnknownSuccessor.At("/successorCode"));
        procedure.End(ending.EndsOn, ending.Decision, ending.SuccessorCode, today);
        await procedures.Save(ct);
        return new(ProcedureView.Of(procedure, procedure.Versions.MaxBy(v => v.Number)!, today), procedure.Version);
    }
}

internal sealed class EndProcedureEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/procedures/{code}/end", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>End a procedure</summary>
    /// <remarks>States the last day a procedure is in force, by which decision, and what takes its place. Nobody receives by it afterwards; open dossiers are worked on to their end.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<ItemAnswer<ProcedureView>> Handle(
        string code,
        ProcedureEnding ending,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new EndProcedure(code, ifMatch.Version, ending), ct));
}
