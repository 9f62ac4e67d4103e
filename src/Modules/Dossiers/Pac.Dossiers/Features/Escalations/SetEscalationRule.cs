using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Escalations;

/// <summary>A rule of escalation from a day on.</summary>
/// <param name="Code" example="due.warning">Stable word: lower-case words with points; a known one gets a newer rule.</param>
/// <param name="EffectiveFrom" example="2030-01-01">First day on which it is in force; after today and after the one before.</param>
/// <param name="Term" example="due">Which term it watches.</param>
/// <param name="Level" example="2">How urgent, 1 to 9.</param>
/// <param name="Timing" example="hoursBefore">When it takes effect.</param>
/// <param name="To" example="unit">Who is told.</param>
/// <param name="Basis" example="Quy chế hoạt động của Trung tâm">Where it stands.</param>
/// <param name="Value" example="8">Working hours, or percent; 0 at breach.</param>
/// <param name="IsOff">Whether it no longer holds from that day on.</param>
internal sealed record SetEscalationRule(
    string Code,
    DateOnly EffectiveFrom,
    WatchedTermKind Term,
    int Level,
    EscalationTiming Timing,
    EscalationTo To,
    string Basis,
    decimal Value = 0,
    bool IsOff = false
) : ICommand<EscalationRuleView>;

internal sealed class SetEscalationRuleValidator : AbstractValidator<SetEscalationRule>
{
    public SetEscalationRuleValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(40).MatchesWhole(@"^[a-z][a-z-]*(\.[a-z][a-z-]*)*$");
        RuleFor(c => c.EffectiveFrom).InclusiveBetween(new(2025, 1, 1), new(2098, 12, 31));
        RuleFor(c => c.Term).IsInEnum();
        RuleFor(c => c.Level).InclusiveBetween(1, 9);
        RuleFor(c => c.Timing).IsInEnum();
        RuleFor(c => c.To).IsInEnum();
        RuleFor(c => c.Basis).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Value).InclusiveBetween(0, 10_000);
    }
}

internal sealed class SetEscalationRuleHandler(IEscalationRules rules, CurrentUser user, TimeProvider clock)
    : IRequestHandler<SetEscalationRule, EscalationRuleView>
{
    public async Task<EscalationRuleView> Handle(SetEscalationRule request, CancellationToken ct)
    {
        // Who is told holds for the whole province.
        if (user.Scope != DataScope.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        if (await rules.LastOf(request.Code, ct) >= request.EffectiveFrom || request.EffectiveFrom <= clock.GetUtcNow().LocalDay())
            throw new BusinessRuleException(EscalationErrors.RuleInThePast.At("/effectiveFrom"));
        if (!Fits(request))
            throw new BusinessRuleException(EscalationErrors.ShareOutside.At("/value"));
        var rule = new EscalationRule(
            request.Code,
            request.EffectiveFrom,
            request.Term,
            request.Level,
            request.Timing,
            request.Value,
            request.To,
            request.Basis,
            request.IsOff
        );
        await rules.Save(rule, ct);
        return EscalationRuleView.Of(rule);
    }

    private static bool Fits(SetEscalationRule r) =>
        r.Timing switch
        {
            EscalationTiming.AtBreach => r.Value == 0,
            EscalationTiming.ShareUsed => r.Value is > 0 and < 100,
            _ => r.Value > 0,
        };
}

internal sealed class SetEscalationRuleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/escalation-rules", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Set a rule of escalation</summary>
    /// <remarks>Adds a rule from a day ahead; one with the same code takes the place of the one before. What was told stays as it was.</remarks>
    private static async Task<ValueAnswer<EscalationRuleView>> Handle(SetEscalationRule command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
