using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record GetPublicationTimes(DateOnly From, DateOnly To, bool? Late) : IQuery<PublicationReport>;

/// <summary>How punctually procedures were published (indices 1.1 and 1.2 of Decision 766/QĐ-TTg).</summary>
/// <param name="From">First day of the decisions.</param>
/// <param name="To">Last day of the decisions.</param>
/// <param name="Versions">How many versions were decided.</param>
/// <param name="DecidedLate">Of these, with a decision too shortly before the legal effect.</param>
/// <param name="PublicLate">Of these, made public too long after the decision.</param>
/// <param name="Items">The versions, by procedure and number; only late ones when those alone are asked for.</param>
internal sealed record PublicationReport(
    DateOnly From,
    DateOnly To,
    int Versions,
    int DecidedLate,
    int PublicLate,
    IReadOnlyList<VersionPublication> Items
);

/// <summary>How a version lies to the times of publicity. What is not known is left out, and not judged.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="Version">Number of the version, from 1.</param>
/// <param name="Decision">The publication decision.</param>
/// <param name="DecidedOn">Its day.</param>
/// <param name="PublishedOn">Day on which the version was made public.</param>
/// <param name="EffectiveFrom">First day it is in force.</param>
/// <param name="DaysBeforeEffect">Working days from the decision to the legal effect.</param>
/// <param name="DaysWanted">How many the law wants at least.</param>
/// <param name="DecidedLate">Whether there are fewer.</param>
/// <param name="DaysToPublic">Working days from the decision to the day it was made public.</param>
/// <param name="DaysAllowed">How many the law allows.</param>
/// <param name="PublicLate">Whether there are more.</param>
internal sealed record VersionPublication(
    string Code,
    int Version,
    string Decision,
    DateOnly DecidedOn,
    DateOnly? PublishedOn,
    DateOnly EffectiveFrom,
    int? DaysBeforeEffect,
    int? DaysWanted,
    bool? DecidedLate,
    int? DaysToPublic,
    int? DaysAllowed,
    bool? PublicLate
)
{
    public static VersionPublication Of(Procedure p, ProcedureVersion v, PublicationTiming t) =>
        new(
            p.Code,
            v.Number,
            v.Decision,
            v.DecidedOn!.Value,
            v.PublishedOn,
            v.EffectiveFrom,
            t.DaysBeforeEffect,
            t.DaysWanted,
            t.DecidedLate,
            t.DaysToPublic,
            t.DaysAllowed,
            t.PublicLate
        );
}

internal sealed class GetPublicationTimesHandler(PublicationTimes times) : IRequestHandler<GetPublicationTimes, PublicationReport>
{
    // Five years of decisions.
    private const int Longest = 1827;

    public async Task<PublicationReport> Handle(GetPublicationTimes request, CancellationToken ct)
    {
        var (from, to, late) = request;
        if (from > to || to.DayNumber - from.DayNumber >= Longest || from.Year < 2000)
            throw InvalidRequestException.Query(
                "from",
                "out-of-range",
                "Khoảng thời gian tối đa 5 năm.",
                "The period is at most five years."
            );
        var lines = (await times.Of(from, to, ct)).Select(v => VersionPublication.Of(v.Procedure, v.Version, v.Timing)).ToList();
        return new(
            from,
            to,
            lines.Count,
            lines.Count(l => l.DecidedLate == true),
            lines.Count(l => l.PublicLate == true),
            [.. lines.Where(l => late is null || late == (l.DecidedLate == true || l.PublicLate == true))]
        );
    }
}

internal sealed class GetPublicationTimesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedure-publication-times", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Read how punctually procedures were published</summary>
    /// <remarks>Gives for each version decided in a period the working days between decision, publication and legal effect, what the law wants of them, and whether it was late.</remarks>
    /// <param name="from">First day of the decisions.</param>
    /// <param name="to">Last day of the decisions; the period is at most five years.</param>
    /// <param name="late">Only versions that were late in either way, or only those that were not; both when left out.</param>
    private static async Task<ValueAnswer<PublicationReport>> Handle(
        DateOnly from,
        DateOnly to,
        bool? late,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GetPublicationTimes(from, to, late), ct));
}
