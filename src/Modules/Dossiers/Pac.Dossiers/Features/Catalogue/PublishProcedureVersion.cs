using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A new version of a procedure.</summary>
/// <param name="EffectiveFrom">First day it is in force, after that of the last version.</param>
/// <param name="Decision">The decision by which it is published.</param>
/// <param name="Details">What it says.</param>
internal sealed record NewProcedureVersion(DateOnly EffectiveFrom, string Decision, ProcedureDetails Details);

internal sealed record PublishProcedureVersion(string Code, uint Seen, NewProcedureVersion New) : ICommand<Versioned<ProcedureView>>;

internal sealed class PublishProcedureVersionValidator : AbstractValidator<PublishProcedureVersion>
{
    private const int MostMonths = 120;

    public PublishProcedureVersionValidator()
    {
        RuleFor(c => c.New.Decision).NotEmpty().MaximumLength(300).OverridePropertyName("decision");
        RuleFor(c => c.New.Details)
            .ChildRules(c =>
            {
                c.RuleFor(x => x.Name).NotEmpty().MaximumLength(300);
                c.RuleFor(x => x.NameEn).NotEmpty().MaximumLength(300);
                c.RuleFor(x => x.AgencyCode).MaximumLength(40);
                c.RuleFor(x => x.Source).NotEmpty().MaximumLength(300);
                c.RuleFor(x => x.FeeDong).InclusiveBetween(0, 1_000_000_000_000);
                c.RuleFor(x => x.Terms).MostItems(4);
                c.RuleFor(x => x.Steps).NotEmpty().MostItems(30);
                c.RuleFor(x => x.Documents).MostItems(100);
                c.RuleFor(x => x.ToBeConfirmed).MostItems(20);
                c.RuleForEach(x => x.ToBeConfirmed).NotEmpty().MaximumLength(40);
                c.RuleFor(x => x.Terms).Must(t => IsEach(t, x => x.Channel)).WithErrorCode("Repeated").WithMessage(_ => Repeated);
                c.RuleFor(x => x.Documents).Must(d => IsEach(d, x => x.Code)).WithErrorCode("Repeated").WithMessage(_ => Repeated);
                c.RuleForEach(x => x.Terms)
                    .ChildRules(t =>
                    {
                        t.RuleFor(x => x.Value).InclusiveBetween(0, 1000);
                        // A longer one would end after the years that calendars cover.
                        t.RuleFor(x => x.Value).LessThanOrEqualTo(MostMonths).When(x => x.Unit == TermUnit.Month);
                    });
                c.RuleForEach(x => x.Steps)
                    .ChildRules(s =>
                    {
                        s.RuleFor(x => x.Role).NotEmpty().MaximumLength(40);
                        s.RuleFor(x => x.Hours).InclusiveBetween(0, 8000);
                    });
                c.RuleForEach(x => x.Documents)
                    .ChildRules(s =>
                    {
                        s.RuleFor(x => x.Code).NotEmpty().MaximumLength(40);
                        s.RuleFor(x => x.Name).NotEmpty().MaximumLength(300);
                        s.RuleFor(x => x.NameEn).NotEmpty().MaximumLength(300);
                    });
            })
            .OverridePropertyName("details");
    }

    private static string Repeated => Language.Pick("Có mục bị lặp lại.", "An item is given twice.");

    private static bool IsEach<T, TKey>(IReadOnlyList<T> items, Func<T, TKey> key) => items.DistinctBy(key).Count() == items.Count;
}

internal sealed class PublishProcedureVersionHandler(IRepository<Procedure> procedures, ICatalogue catalogue, CurrentUser user)
    : IRequestHandler<PublishProcedureVersion, Versioned<ProcedureView>>
{
    public async Task<Versioned<ProcedureView>> Handle(PublishProcedureVersion request, CancellationToken ct)
    {
        // The catalogue is the province's: whoever answers for one centre or agency changes nothing for the others.
        if (user.Scope != DataScope.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        var procedure = await procedures.Get(new ProcedureWithCode(request.Code), request.Seen, ct);
        var content = request.New.Details.ToContent();
        if (content.SameDayCutOff is not null && content.Terms.Count > 0)
            throw new BusinessRuleException(ProcedureErrors.TermUnclear.At("/details/terms"));
        if (content.AgencyCode is { } agency && await catalogue.LevelOf(agency, ct) != content.Level)
            throw new BusinessRuleException(DossierErrors.UnknownAgency.At("/details/agencyCode"));
        procedure.Publish(request.New.EffectiveFrom, request.New.Decision, content);
        await procedures.Save(ct);
        return new(ProcedureView.Of(procedure, procedure.Versions[^1]), procedure.Version);
    }
}

internal sealed class PublishProcedureVersionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/procedures/{code}/versions", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Publish a version of a procedure</summary>
    /// <remarks>Adds a version that takes effect on a later day; open dossiers keep the version they were received under.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<CreatedAnswer<ProcedureView>> Handle(
        string code,
        NewProcedureVersion version,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) =>
        new(
            $"/api/v1/procedures/{Uri.EscapeDataString(code)}",
            await sender.Send(new PublishProcedureVersion(code, ifMatch.Version, version), ct)
        );
}
