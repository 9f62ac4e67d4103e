using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

/// <summary>A rule of retention.</summary>
/// <param name="EffectiveFrom" example="2030-01-01">For what is closed from this day on; after the last one for the same procedure or field.</param>
/// <param name="Source" example="Quyết định 1/QĐ-UBND">Where it stands.</param>
/// <param name="ProcedureCode">The procedure; left out for a field, or for all others.</param>
/// <param name="FieldCode" example="residence">The field; left out for a procedure, or for all others.</param>
/// <param name="Years" example="5">Years after closing, 1 to 100; left out for what is kept for ever.</param>
/// <param name="KeepsFiles">Whether files stay when personal data are erased.</param>
internal sealed record AddRetentionRule(
    DateOnly EffectiveFrom,
    string Source,
    string? ProcedureCode = null,
    string? FieldCode = null,
    int? Years = null,
    bool KeepsFiles = false
) : ICommand<RetentionRuleView>;

internal sealed class AddRetentionRuleValidator : AbstractValidator<AddRetentionRule>
{
    public AddRetentionRuleValidator()
    {
        RuleFor(c => c.Source).NotEmpty().MaximumLength(300);
        RuleFor(c => c.ProcedureCode).MaximumLength(40);
        RuleFor(c => c.FieldCode).MaximumLength(40);
        RuleFor(c => c.Years).InclusiveBetween(1, 100);
    }
}

internal sealed class AddRetentionRuleHandler(
    IRepository<RetentionRule> rules,
    IRetention retention,
    ICatalogue catalogue,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<AddRetentionRule, RetentionRuleView>
{
    public async Task<RetentionRuleView> Handle(AddRetentionRule request, CancellationToken ct)
    {
        if (user.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        if (request is { ProcedureCode: not null, FieldCode: not null })
            throw new BusinessRuleException(RetentionErrors.OneReach.At("/fieldCode"));
        if (request.ProcedureCode is { } procedure && await catalogue.Find(procedure, ct) is null)
            throw new BusinessRuleException(RetentionErrors.UnknownReach.At("/procedureCode"));
        if (request.FieldCode is { } field && !await catalogue.HasField(field, ct))
            throw new BusinessRuleException(RetentionErrors.UnknownReach.At("/fieldCode"));
        if (await retention.LastRule(request.ProcedureCode, request.FieldCode, ct) >= request.EffectiveFrom)
            throw new BusinessRuleException(RetentionErrors.NotLater.At("/effectiveFrom"));
        var rule = RetentionRule.Of(
            request.ProcedureCode,
            request.FieldCode,
            request.Years,
            request.KeepsFiles,
            request.EffectiveFrom,
            request.Source,
            toBeConfirmed: false,
            clock.GetUtcNow()
        );
        rules.Add(rule);
        await rules.Save(ct);
        return RetentionRuleView.Of(rule);
    }
}

internal sealed class AddRetentionRuleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/retention-rules", Handle).Requires(DossiersPermissions.ManageRetention);

    /// <summary>Add a rule of retention</summary>
    /// <remarks>Says for how long personal data are kept of what is closed from a day on; what was closed before keeps its rule.</remarks>
    private static async Task<ValueAnswer<RetentionRuleView>> Handle(AddRetentionRule command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
