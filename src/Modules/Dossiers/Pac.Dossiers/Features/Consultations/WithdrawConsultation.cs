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

/// <summary>Why a question is taken back.</summary>
/// <param name="Reason">The reason; no personal data.</param>
internal sealed record WithdrawalReason(string Reason);

internal sealed record WithdrawConsultation(Guid Id, uint Seen, WithdrawalReason Given) : ICommand<Versioned<ConsultationView>>;

internal sealed class WithdrawConsultationValidator : AbstractValidator<WithdrawConsultation>
{
    public WithdrawConsultationValidator() => RuleFor(c => c.Given).SetValidator(new WithdrawalReasonValidator()).OverridePropertyName("");
}

internal sealed class WithdrawalReasonValidator : AbstractValidator<WithdrawalReason>
{
    public WithdrawalReasonValidator()
    {
        RuleFor(w => w.Reason).NotEmpty().MaximumLength(150);
    }
}

internal sealed class WithdrawConsultationHandler(
    IRepository<AgencyConsultation> consultations,
    IConsultedDossiers dossiers,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<WithdrawConsultation, Versioned<ConsultationView>>
{
    public async Task<Versioned<ConsultationView>> Handle(WithdrawConsultation request, CancellationToken ct)
    {
        var asked = await consultations.Get(new ConsultationWithId(new(request.Id)), request.Seen, ct);
        if (user.Scope.Kind == DataScopeKind.Agency && user.Scope.Code == asked.AgencyCode)
            throw new BusinessRuleException(ConsultationErrors.OnlyAnswered);
        var dossier = await dossiers.Of(asked, ct);
        asked.Withdraw(dossier, request.Given.Reason, user.Caller.Subject, clock.GetUtcNow());
        await consultations.Save(ct);
        return new(ConsultationView.Of(asked), asked.Version);
    }
}

internal sealed class WithdrawConsultationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/consultations/{id}/withdraw", Handle).Requires(DossiersPermissions.Process);

    /// <summary>Withdraw a consultation</summary>
    /// <remarks>Takes the question back, so that nobody waits for the answer.</remarks>
    /// <param name="id">Identifier of the consultation.</param>
    private static async Task<ItemAnswer<ConsultationView>> Handle(
        Guid id,
        WithdrawalReason given,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new WithdrawConsultation(id, ifMatch.Version, given), ct));
}
