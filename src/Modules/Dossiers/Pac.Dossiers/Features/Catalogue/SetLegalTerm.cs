using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A figure of the law from a day on.</summary>
/// <param name="Code" example="supplement.answer">Stable word of a figure that there is.</param>
/// <param name="EffectiveFrom" example="2030-01-01">First day on which it is in force; after today and after the one before.</param>
/// <param name="Basis" example="Nghị định 118/2025/NĐ-CP">Where it stands.</param>
/// <param name="Value" example="15">How many units, or how many times; 0 for a time of day.</param>
/// <param name="Unit" example="workingDay">In what it is counted; left out for a number of times or a time of day.</param>
/// <param name="TimeOfDay">A local time of the day, where the figure is one.</param>
/// <param name="FieldCode">The field whose special law sets it (luật chuyên ngành); left out for the general law.</param>
internal sealed record SetLegalTerm(
    string Code,
    DateOnly EffectiveFrom,
    string Basis,
    decimal Value,
    TermUnit? Unit = null,
    TimeOnly? TimeOfDay = null,
    string? FieldCode = null
) : ICommand<LegalTermView>;

internal sealed class SetLegalTermValidator : AbstractValidator<SetLegalTerm>
{
    public SetLegalTermValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(40);
        RuleFor(c => c.EffectiveFrom).InclusiveBetween(new(2025, 1, 1), new(2098, 12, 31));
        RuleFor(c => c.Basis).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Value).InclusiveBetween(0, 10_000);
        RuleFor(c => c.FieldCode).MaximumLength(40);
    }
}

internal sealed class SetLegalTermHandler(ILegalTerms terms, ICatalogue catalogue, CurrentUser user, TimeProvider clock)
    : IRequestHandler<SetLegalTerm, LegalTermView>
{
    public async Task<LegalTermView> Handle(SetLegalTerm request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var field = request.FieldCode ?? "";
        if (field.Length > 0 && !await catalogue.HasField(field, ct))
            throw new BusinessRuleException(ProcedureErrors.UnknownField.At("/fieldCode"));
        var last = await terms.Last(request.Code, field, ct);
        var before = last ?? await terms.Last(request.Code, "", ct) ?? throw new BusinessRuleException(LawErrors.UnknownTerm.At("/code"));
        var next = before.Next(
            (request.Value, request.Unit, request.TimeOfDay),
            request.EffectiveFrom,
            request.Basis,
            field,
            last?.EffectiveFrom,
            clock.GetUtcNow().LocalDay()
        );
        await terms.Save(next, ct);
        return LegalTermView.Of(next);
    }
}

internal sealed class SetLegalTermEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/legal-terms", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Set a term of law</summary>
    /// <remarks>Adds a figure of the law from a day ahead, with its source; it ends the one before. Dossiers keep what held when their term began.</remarks>
    private static async Task<ValueAnswer<LegalTermView>> Handle(SetLegalTerm command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
