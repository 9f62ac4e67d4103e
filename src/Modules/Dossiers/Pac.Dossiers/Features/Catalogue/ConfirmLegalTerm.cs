using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>Which figure is confirmed.</summary>
/// <param name="Code" example="intake.online">Stable word of the figure.</param>
/// <param name="EffectiveFrom" example="2025-07-01">First day on which it is in force.</param>
/// <param name="FieldCode">The field whose special law sets it; left out for the general law.</param>
internal sealed record ConfirmLegalTerm(string Code, DateOnly EffectiveFrom, string? FieldCode = null) : ICommand<LegalTermView>;

internal sealed class ConfirmLegalTermValidator : AbstractValidator<ConfirmLegalTerm>
{
    public ConfirmLegalTermValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(40);
        RuleFor(c => c.FieldCode).MaximumLength(40);
    }
}

internal sealed class ConfirmLegalTermHandler(ILegalTerms terms, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ConfirmLegalTerm, LegalTermView>
{
    public async Task<LegalTermView> Handle(ConfirmLegalTerm request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var term =
            await terms.Find(request.Code, request.FieldCode ?? "", request.EffectiveFrom, ct)
            ?? throw new BusinessRuleException(LawErrors.UnknownTerm.At("/code"));
        term.Confirm(user.Caller.Subject, clock.GetUtcNow());
        await terms.Save(term, ct);
        return LegalTermView.Of(term);
    }
}

internal sealed class ConfirmLegalTermEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/legal-terms/confirmations", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Confirm a term of law</summary>
    /// <remarks>Notes that the operator has compared a figure with the law, who did it and when. A figure is confirmed once.</remarks>
    private static async Task<ValueAnswer<LegalTermView>> Handle(ConfirmLegalTerm command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
