using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>What somebody means to hand in.</summary>
/// <param name="Documents">Codes of the components at hand, each taken as it is asked for.</param>
/// <param name="VariantCode">The variant; the ordinary case when left out.</param>
/// <param name="PersonGroup">The person's group; everybody else when left out.</param>
/// <param name="ApplicantKind">What kind of person it concerns: the applicant, or the owner when another applies; a citizen when left out.</param>
/// <param name="Channel">How it will be handed in; at the counter when left out.</param>
/// <param name="CentreCode">The centre it will be handed in at; with it the answer tells when the result would be due.</param>
/// <param name="DeclaredValue">The value that is declared, in dong; needed where the price is a percentage of it.</param>
/// <param name="EvidenceAtHand">Whether the paper that proves the group is at hand; needed where the group pays less.</param>
/// <param name="Copies">Copies of the result that are wanted, 1 to 1,000.</param>
/// <param name="Pages">Pages of all that is handed in, 1 to 10,000; one when left out.</param>
/// <param name="Papers">Components at hand with number and form, which are compared with what is asked for.</param>
internal sealed record Intent(
    IReadOnlyList<string>? Documents = null,
    string? VariantCode = null,
    string? PersonGroup = null,
    ApplicantKind ApplicantKind = ApplicantKind.Citizen,
    Channel Channel = Channel.Counter,
    string? CentreCode = null,
    long? DeclaredValue = null,
    bool EvidenceAtHand = false,
    int Copies = 1,
    int? Pages = null,
    IReadOnlyList<PaperAtHand>? Papers = null
);

/// <summary>A component that somebody has at hand.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Kind">In which form; any when left out.</param>
/// <param name="Quantity">How many, 1 to 100.</param>
internal sealed record PaperAtHand(string Code, CopyKind? Kind = null, int Quantity = 1);

internal sealed record PreCheck(string Code, Intent Intent) : IQuery<PreCheckView>;

/// <summary>Whether what is at hand suffices.</summary>
/// <param name="Sufficient">Whether it would be received as it is.</param>
/// <param name="Version">Version of the procedure that was asked, from 1.</param>
/// <param name="Missing">What is still needed.</param>
/// <param name="NotEnough">What is at hand, but too few or in another form than asked for.</param>
/// <param name="NotNeeded">Codes that the procedure does not ask for; nobody may demand them.</param>
/// <param name="FromSharedData">What is taken from shared databases, so that no paper is needed.</param>
/// <param name="Obstacles">What else stands in the way.</param>
/// <param name="Fee">What is to be paid.</param>
/// <param name="Centre">The centre it will be handed in at, with its hours of today; left out when none is named.</param>
/// <param name="DueAt">When the result would be due if it were handed in now; left out without a centre or a due date.</param>
internal sealed record PreCheckView(
    bool Sufficient,
    int Version,
    IReadOnlyList<GuidePaper> Missing,
    IReadOnlyList<GuidePaper> NotEnough,
    IReadOnlyList<string> NotNeeded,
    IReadOnlyList<GuidePaper> FromSharedData,
    IReadOnlyList<BilingualText> Obstacles,
    FeeQuoteView Fee,
    GuideCentre? Centre,
    DateTimeOffset? DueAt
);

internal sealed class PreCheckValidator : AbstractValidator<PreCheck>
{
    public PreCheckValidator()
    {
        RuleFor(c => c.Intent.Documents).MostItems(100).OverridePropertyName("documents");
        RuleForEach(c => c.Intent.Documents).NotEmpty().MaximumLength(40).OverridePropertyName("documents");
        RuleFor(c => c.Intent.Papers).MostItems(100).OverridePropertyName("papers");
        RuleForEach(c => c.Intent.Papers).SetValidator(new PaperAtHandValidator()).OverridePropertyName("papers");
        RuleFor(c => c.Intent.VariantCode).MaximumLength(40).OverridePropertyName("variantCode");
        RuleFor(c => c.Intent.PersonGroup).MaximumLength(40).OverridePropertyName("personGroup");
        RuleFor(c => c.Intent.CentreCode).MaximumLength(40).OverridePropertyName("centreCode");
        RuleFor(c => c.Intent.ApplicantKind).IsInEnum().OverridePropertyName("applicantKind");
        RuleFor(c => c.Intent.Channel).IsInEnum().OverridePropertyName("channel");
        RuleFor(c => c.Intent.Copies).InclusiveBetween(1, 1000).OverridePropertyName("copies");
        RuleFor(c => c.Intent.Pages).InclusiveBetween(1, 10_000).OverridePropertyName("pages");
        RuleFor(c => c.Intent.DeclaredValue).InclusiveBetween(1, DeclaredValue.Most).OverridePropertyName("declaredValue");
    }
}

internal sealed class PaperAtHandValidator : AbstractValidator<PaperAtHand>
{
    public PaperAtHandValidator()
    {
        RuleFor(p => p.Code).NotEmpty().MaximumLength(40);
        RuleFor(p => p.Kind).IsInEnum();
        RuleFor(p => p.Quantity).InclusiveBetween(1, 100);
    }
}

internal sealed class PreCheckHandler(DossiersDbContext db, CentreCalendars centres, TimeProvider clock)
    : IRequestHandler<PreCheck, PreCheckView>
{
    public async Task<PreCheckView> Handle(PreCheck request, CancellationToken ct)
    {
        var (intent, now) = (request.Intent, clock.GetUtcNow());
        var (procedure, version) = await db.On(request.Code, now.LocalDay(), ct);
        var content = version.Content.For(intent.VariantCode);
        content.DemandGroup(intent.PersonGroup);
        var (papers, given) = (intent.Papers ?? [], (intent.Documents ?? []).ToHashSet());
        var needed = content.Components.Where(c => c.NeededAtReception && !given.Contains(c.Code)).ToList();
        var notEnough = needed.Where(c => papers.Any(p => p.Code == c.Code) && !papers.Any(p => IsEnough(c, p, intent.Channel))).ToList();
        given.UnionWith(papers.Select(p => p.Code));
        var missing = content.Components.Where(c => c.NeededAtReception && !given.Contains(c.Code)).Select(GuidePaper.Of).ToList();
        var centre = intent.CentreCode is { } code
            ? await centres.Find(code, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre.At("/centreCode"))
            : null;
        var price = new FeeQuestion(
            now.LocalDay(),
            intent.Channel,
            intent.VariantCode,
            intent.PersonGroup,
            intent.Copies,
            intent.Pages,
            intent.DeclaredValue
        );
        // The same rule by which it is received.
        var obstacles = content
            .Obstacles(
                new(price)
                {
                    CentreCode = intent.CentreCode,
                    ApplicantKind = intent.ApplicantKind,
                    EvidenceAtHand = intent.EvidenceAtHand,
                }
            )
            .Select(o => new BilingualText(o.Vietnamese, o.English))
            .ToList();
        return new(
            missing.Count == 0 && notEnough.Count == 0 && obstacles.Count == 0,
            version.Number,
            missing,
            [.. notEnough.Select(GuidePaper.Of)],
            [.. given.Where(d => content.Components.All(c => c.Code != d))],
            [.. content.Components.Where(c => c.FromSharedData).Select(GuidePaper.Of)],
            obstacles,
            FeeQuoteView.Of(procedure, version, price with { Pages = price.Pages ?? 1 }),
            centre is null ? null : await centres.Place(centre.Code, now.LocalDay(), ct),
            centre is null ? null : DossierClock.Start(content.LimitFor(intent.Channel), centre.Calendar, now).DueAt(centre.Calendar)
        );
    }

    // What is handed in through the portal is a file.
    private static bool IsEnough(RequiredComponent asked, PaperAtHand paper, Channel channel)
    {
        var kind = channel == Channel.Online ? CopyKind.Electronic : paper.Kind ?? asked.Kind ?? CopyKind.Original;
        return paper.Code == asked.Code && asked.IsEnough(kind, paper.Quantity);
    }
}

internal sealed class PreCheckEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/procedures/{code}/pre-check", Handle).AllowsAnonymous();

    /// <summary>Check before filing</summary>
    /// <remarks>Answers whether the components at hand suffice, what is missing or not enough, what nobody may ask for, what it costs, and when the result would be due. Nothing is stored.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<ValueAnswer<PreCheckView>> Handle(string code, Intent intent, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new PreCheck(code, intent), ct));
}
