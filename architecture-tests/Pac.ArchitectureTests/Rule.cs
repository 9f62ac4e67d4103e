namespace Pac.ArchitectureTests;

/// <summary>What a rule saw: how many things it looked at, and which of them break it.</summary>
internal sealed record Report(int Looked, IReadOnlyList<string> Faults);

/// <summary>One rule of the house: a function from the code to what breaks it.</summary>
/// <param name="Number">Its number; the README tells what it is for.</param>
/// <param name="Says">The rule in words.</param>
/// <param name="Planted">A word of the fault that the planted violation must give, so that the rule is red for the right reason.</param>
/// <param name="Check">Runs it.</param>
internal sealed record Rule(int Number, string Says, string Planted, Func<Subject, Report> Check)
{
    /// <summary>A rule that looks at things one by one.</summary>
    public static Rule Each<T>(
        int number,
        string says,
        string planted,
        Func<Subject, IEnumerable<T>> things,
        Func<Subject, T, IEnumerable<string>> faults
    ) =>
        new(
            number,
            says,
            planted,
            subject =>
            {
                var looked = things(subject).ToList();
                return new(looked.Count, [.. looked.SelectMany(t => faults(subject, t)).Distinct().Order(StringComparer.Ordinal)]);
            }
        );

    public override string ToString() => $"{Number:00} {Says}";
}

/// <summary>A fault that is accepted, and the decision that says why.</summary>
/// <param name="Rule">Number of the rule.</param>
/// <param name="About">How the fault's text begins.</param>
/// <param name="Decision">File name of the decision.</param>
internal sealed record Exemption(int Rule, string About, string Decision)
{
    /// <summary>The whole list. An exemption that is no longer needed fails a test.</summary>
    public static readonly IReadOnlyList<Exemption> All =
    [
        new(8, "Pac.BuildingBlocks.Persistence.EfRepository", "0005-own-specification.md"),
        new(10, "Pac.Identity.Domain.", "0004-openiddict-for-duende.md"),
        new(11, "Pac.Identity.Features.", "0004-openiddict-for-duende.md"),
        new(12, "Pac.Identity.Features.", "0004-openiddict-for-duende.md"),
        new(14, "Pac.Identity.Features.", "0004-openiddict-for-duende.md"),
        new(14, "Pac.Identity.Domain.", "0004-openiddict-for-duende.md"),
        new(14, "Pac.Identity.Persistence.", "0004-openiddict-for-duende.md"),
        new(14, "Pac.Identity.Protocol.", "0004-openiddict-for-duende.md"),
        new(14, "Pac.Identity.Seeding.", "0004-openiddict-for-duende.md"),
        new(14, "Pac.Identity.Pages.", "0011-plain-html-pages.md"),
        new(14, "Pac.Identity.Account.", "0004-openiddict-for-duende.md"),
        new(14, "Pac.Identity.Mail.", "0004-openiddict-for-duende.md"),
        new(14, "Pac.Dossiers.Features.Search.TrackingPageEndpoint", "0011-plain-html-pages.md"),
        new(14, "Pac.Dossiers.Features.Catalogue.GuidePageEndpoint", "0011-plain-html-pages.md"),
        new(14, "Pac.Dossiers.Features.Payments.GatewayNoticeEndpoint", "0019-payment-gateway.md"),
        new(14, "Pac.Dossiers.Features.Payments.SandboxGatewayEndpoint", "0019-payment-gateway.md"),
        new(14, "Pac.Dossiers.Features.Ratings.RatingPageEndpoint", "0011-plain-html-pages.md"),
        new(14, "Pac.Dossiers.Features.Feedbacks.FeedbackPageEndpoint", "0011-plain-html-pages.md"),
        new(14, "Pac.Dossiers.Features.Notifications.WishPageEndpoint", "0011-plain-html-pages.md"),
        new(14, "Pac.Dossiers.Features.Notifications.DeliveryReceiptEndpoint", "0021-delivery-receipts.md"),
        new(22, "Pac.Identity.Domain.", "0004-openiddict-for-duende.md"),
        new(25, "Pac.Dossiers.Features.Forms.FormPage", "0006-pdf-with-skia.md"),
        new(30, "Pac.Identity.Domain.ServerKey.Wrapped", "0004-openiddict-for-duende.md"),
        new(44, "src/BuildingBlocks/MediatR.Contracts/", "0003-mediatr-contracts-stand-in.md"),
    ];

    public bool Covers(Rule rule, string fault) => rule.Number == Rule && fault.StartsWith(About, StringComparison.Ordinal);
}
