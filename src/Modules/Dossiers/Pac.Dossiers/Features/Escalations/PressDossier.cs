using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Escalations;

/// <summary>What is to be said to whoever has the dossier in hand.</summary>
/// <param name="Message" example="Đề nghị ưu tiên giải quyết trong ngày">What is to be said; no personal data.</param>
internal sealed record Pressing(string Message);

internal sealed record PressDossier(Guid Id, Pressing Pressing) : ICommand<Versioned<EscalationView>>;

internal sealed class PressDossierValidator : AbstractValidator<PressDossier>
{
    public PressDossierValidator() => RuleFor(c => c.Pressing.Message).NotEmpty().MaximumLength(200).OverridePropertyName("message");
}

internal sealed class PressDossierHandler(
    IRepository<Dossier> dossiers,
    IRepository<Escalation> escalations,
    IOverseers overseers,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<PressDossier, Versioned<EscalationView>>
{
    public async Task<Versioned<EscalationView>> Handle(PressDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        if (dossier.SettledAt is not null)
            throw new BusinessRuleException(EscalationErrors.NothingToPress);
        var people = (await overseers.Of([dossier], [], ct)).Told(dossier, EscalationTo.Officer);
        if (people.Count == 0)
            throw new BusinessRuleException(EscalationErrors.NobodyToPress);
        var now = clock.GetUtcNow();
        var raised = people.Select(p => Escalation.Press(dossier, p, request.Pressing.Message, user.Caller.Subject, now)).ToList();
        raised.ForEach(escalations.Add);
        await escalations.Save(ct);
        return new(EscalationView.Of(raised[0]), raised[0].Version);
    }
}

internal sealed class PressDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/press", Handle).Requires(DossiersPermissions.Oversee);

    /// <summary>Press for a dossier</summary>
    /// <remarks>Tells the officer in charge, or whoever oversees the unit while nobody is in charge, to go on with a dossier (đôn đốc). The answer is the escalation that went to the first of them.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<CreatedAnswer<EscalationView>> Handle(Guid id, Pressing pressing, ISender sender, CancellationToken ct)
    {
        var escalation = await sender.Send(new PressDossier(id, pressing), ct);
        return new($"/api/v1/escalations/{escalation.Item.Id}", escalation);
    }
}
