using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Figures;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>What an index is worth from a day on.</summary>
/// <param name="Index" example="3.1">Number of the index.</param>
/// <param name="EffectiveFrom" example="2027-07-01">First day it is in force; after the last one.</param>
/// <param name="Source" example="Quyết định 766/QĐ-TTg">Where it comes from.</param>
/// <param name="Maximum" example="4">Most points, 0 to 100; left out when the index is only shown.</param>
/// <param name="Target" example="80">Share in per cent from which all points are given, 1 to 100; 100 when left out.</param>
internal sealed record SetQualityParameter(
    string Index,
    DateOnly EffectiveFrom,
    string Source,
    decimal? Maximum = null,
    decimal? Target = null
) : ICommand<QualityParameterLine>;

/// <summary>What an index is worth.</summary>
/// <param name="Index" example="3.1">Number of the index.</param>
/// <param name="EffectiveFrom">First day it is in force.</param>
/// <param name="Maximum" example="4">Most points.</param>
/// <param name="Target" example="80">Share in per cent from which all points are given.</param>
/// <param name="Source" example="Quyết định 766/QĐ-TTg">Where it comes from.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm it.</param>
internal sealed record QualityParameterLine(
    string Index,
    DateOnly EffectiveFrom,
    decimal? Maximum,
    decimal? Target,
    string Source,
    bool ToBeConfirmed
);

internal sealed class SetQualityParameterValidator : AbstractValidator<SetQualityParameter>
{
    public SetQualityParameterValidator()
    {
        RuleFor(c => c.Index).NotEmpty().MaximumLength(10);
        RuleFor(c => c.Source).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Maximum).InclusiveBetween(0, 100);
        RuleFor(c => c.Target).InclusiveBetween(1, 100);
    }
}

internal sealed class SetQualityParameterHandler(IQualityParameters parameters, CurrentUser user)
    : IRequestHandler<SetQualityParameter, QualityParameterLine>
{
    public async Task<QualityParameterLine> Handle(SetQualityParameter request, CancellationToken ct)
    {
        // What an index is worth holds for the whole province.
        if (user.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(FigureErrors.OutsideScope);
        if (!QualityScore.Names.Any(n => n.Index == request.Index))
            throw new BusinessRuleException(FigureErrors.UnknownIndex.At("/index"));
        if (await parameters.LastOf(request.Index, ct) >= request.EffectiveFrom)
            throw new BusinessRuleException(FigureErrors.ParameterNotLater.At("/effectiveFrom"));
        var p = new QualityParameter(request.Index, request.EffectiveFrom, request.Maximum, request.Target, request.Source, false);
        await parameters.Save(p, ct);
        return new(p.Index, p.EffectiveFrom, p.Maximum, p.Target, p.Source, p.ToBeConfirmed);
    }
}

internal sealed class SetQualityParameterEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossier-statistics/quality-index/parameters", Handle).Requires(DossiersPermissions.PublishStatistics);

    /// <summary>Set what an index is worth</summary>
    /// <remarks>Adds the most points and the target of an index of Decision 766 from a day on; figures of earlier days keep the earlier ones.</remarks>
    private static async Task<ValueAnswer<QualityParameterLine>> Handle(
        SetQualityParameter command,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(command, ct));
}
