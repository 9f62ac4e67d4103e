using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Consultations;

/// <summary>The opinion of the agency that was asked.</summary>
/// <param name="Opinion">What it thinks.</param>
/// <param name="Answer">In words.</param>
/// <param name="DocumentNumber">Number of the written answer, if there is one.</param>
internal sealed record OpinionInput(Opinion Opinion, string Answer, string? DocumentNumber = null);

internal sealed record GiveOpinion(Guid Id, uint Seen, OpinionInput Given) : ICommand<Versioned<ConsultationView>>;

internal sealed class GiveOpinionValidator : AbstractValidator<GiveOpinion>
{
    public GiveOpinionValidator() => RuleFor(c => c.Given).SetValidator(new OpinionInputValidator()).OverridePropertyName("");
}

internal sealed class OpinionInputValidator : AbstractValidator<OpinionInput>
{
    public OpinionInputValidator()
    {
        RuleFor(o => o.Opinion).IsInEnum();
        RuleFor(o => o.Answer).NotEmpty().MaximumLength(4000);
        RuleFor(o => o.DocumentNumber).MaximumLength(60);
    }
}

internal sealed class GiveOpinionHandler(
    IRepository<AgencyConsultation> consultations,
    IConsultedDossiers dossiers,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<GiveOpinion, Versioned<ConsultationView>>
{
    public async Task<Versioned<ConsultationView>> Handle(GiveOpinion request, CancellationToken ct)
    {
        var asked = await consultations.Get(new ConsultationWithId(new(request.Id)), request.Seen, ct);
        if (user.Scope.Kind != DataScopeKind.Province && (user.Scope.Kind != DataScopeKind.Agency || user.Scope.Code != asked.AgencyCode))
            throw new BusinessRuleException(ConsultationErrors.NotYours);
        var dossier = await dossiers.Of(asked, ct);
        asked.GiveOpinion(
            dossier,
            request.Given.Opinion,
            request.Given.Answer,
            request.Given.DocumentNumber,
            user.Caller.Subject,
            clock.GetUtcNow()
        );
        await consultations.Save(ct);
        return new(ConsultationView.Of(asked), asked.Version);
    }
}

internal sealed class GiveOpinionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/consultations/{id}/answer", Handle).Requires(DossiersPermissions.Process);

    /// <summary>Give an opinion</summary>
    /// <remarks>Answers for the agency that was asked, once. A late answer is taken and marked as late.</remarks>
    /// <param name="id">Identifier of the consultation.</param>
    private static async Task<ItemAnswer<ConsultationView>> Handle(
        Guid id,
        OpinionInput given,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GiveOpinion(id, ifMatch.Version, given), ct));
}
