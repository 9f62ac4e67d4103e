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

/// <summary>What is done about it.</summary>
/// <param name="Note" example="Đã phân công, xong trong chiều nay">What is done about it; no personal data.</param>
internal sealed record EscalationAnswer(string Note);

internal sealed record AcknowledgeEscalation(Guid Id, EscalationAnswer Answer) : ICommand<Versioned<EscalationView>>;

internal sealed class AcknowledgeEscalationValidator : AbstractValidator<AcknowledgeEscalation>
{
    public AcknowledgeEscalationValidator() => RuleFor(c => c.Answer.Note).NotEmpty().MaximumLength(200).OverridePropertyName("note");
}

internal sealed class AcknowledgeEscalationHandler(IRepository<Escalation> escalations, CurrentUser user, TimeProvider clock)
    : IRequestHandler<AcknowledgeEscalation, Versioned<EscalationView>>
{
    public async Task<Versioned<EscalationView>> Handle(AcknowledgeEscalation request, CancellationToken ct)
    {
        var escalation = await escalations.Get(new EscalationWithId(new(request.Id)), ct);
        escalation.Acknowledge(request.Answer.Note, user.Caller.Subject, clock.GetUtcNow());
        await escalations.Save(ct);
        return new(EscalationView.Of(escalation), escalation.Version);
    }
}

internal sealed class AcknowledgeEscalationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/escalations/{id}/acknowledge", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Acknowledge an escalation</summary>
    /// <remarks>Notes what the caller does about an escalation; it stands on the timeline of the dossier.</remarks>
    /// <param name="id">Identifier of the escalation.</param>
    private static async Task<ItemAnswer<EscalationView>> Handle(Guid id, EscalationAnswer answer, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new AcknowledgeEscalation(id, answer), ct));
}
