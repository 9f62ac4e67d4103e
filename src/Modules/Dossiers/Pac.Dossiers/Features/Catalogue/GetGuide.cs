using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record GetGuide(string Code, GuideFilter Filter) : IQuery<GuideView>;

/// <summary>For whom and when a guide is wanted.</summary>
/// <param name="On">The day; today when left out.</param>
/// <param name="VariantCode">The variant; the ordinary case when left out.</param>
/// <param name="PersonGroup">The person's group; everybody else when left out.</param>
/// <param name="DeclaredValue">The value that is declared, in dong; with it a price that is a percentage of it is computed.</param>
internal sealed record GuideFilter(
    [property: FromQuery(Name = "on")] DateOnly? On = null,
    [property: FromQuery(Name = "variantCode")] string? VariantCode = null,
    [property: FromQuery(Name = "personGroup")] string? PersonGroup = null,
    [property: FromQuery(Name = "declaredValue")] long? DeclaredValue = null
);

/// <summary>What a person has to know: what to bring, how long, how much, where and how.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="Version">Version of the procedure in force on the day, from 1.</param>
/// <param name="On">The day it is for.</param>
/// <param name="Title">Name of the procedure.</param>
/// <param name="Result">What one gets; left out when it is not stated.</param>
/// <param name="Applicants">Who may apply.</param>
/// <param name="Conditions">What must be fulfilled; left out when nothing is stated.</param>
/// <param name="Sets">How many sets are handed in; left out when it is not stated.</param>
/// <param name="WhatToBring">What to bring.</param>
/// <param name="Ways">How it can be handed in, how long it takes then, and what it costs.</param>
/// <param name="Where">Where it is handed in.</param>
/// <param name="CentreCodes">The centres that receive it, when not all do.</param>
/// <param name="Centres">The centres that receive it, the provincial one first, with their hours of the day.</param>
/// <param name="Agency">Who decides; left out when it is the People's Committee of the commune.</param>
/// <param name="Notes">What else to know.</param>
/// <param name="Variants">The variants one may ask for.</param>
/// <param name="PersonGroups">The groups for whom another price may hold.</param>
/// <param name="Freed">Groups that pay nothing, or not everything, on the day.</param>
/// <param name="LegalBases">The instruments it rests on.</param>
/// <param name="ToBeConfirmed">Members whose figure the operator has to confirm.</param>
internal sealed record GuideView(
    string Code,
    int Version,
    DateOnly On,
    BilingualText Title,
    BilingualText? Result,
    IReadOnlyList<BilingualText> Applicants,
    BilingualText? Conditions,
    int? Sets,
    IReadOnlyList<GuidePaper> WhatToBring,
    IReadOnlyList<GuideWay> Ways,
    BilingualText Where,
    IReadOnlyList<string> CentreCodes,
    IReadOnlyList<GuideCentre> Centres,
    BilingualText? Agency,
    IReadOnlyList<BilingualText> Notes,
    IReadOnlyList<GuideChoice> Variants,
    IReadOnlyList<GuideChoice> PersonGroups,
    IReadOnlyList<GuideChoice> Freed,
    IReadOnlyList<GuideBasis> LegalBases,
    IReadOnlyList<string> ToBeConfirmed
);

/// <summary>A paper to bring.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Title">Its name.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="FromSharedData">Whether it is taken from a shared database, so that no paper is needed.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Form">In which form.</param>
/// <param name="Later">Whether it is needed in the course of the work only, and not at reception.</param>
internal sealed record GuidePaper(
    string Code,
    BilingualText Title,
    bool Required,
    bool FromSharedData,
    int Quantity,
    BilingualText Form,
    bool Later
)
{
    public static GuidePaper Of(RequiredComponent c) =>
        new(c.Code, new(c.Name, c.NameEn), c.Required, c.FromSharedData, c.Quantity, GuideWords.Of(c.Kind), (c.Step ?? 1) > 1);
}

/// <summary>A way to hand it in.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Description">How it is done.</param>
/// <param name="Time">How long it takes, in words.</param>
/// <param name="Term">How long it takes; left out with a same-day rule or without a due date.</param>
/// <param name="SameDayCutOff">Last local time that still counts for the same day.</param>
/// <param name="Fee">What it costs.</param>
internal sealed record GuideWay(
    Channel Channel,
    BilingualText Description,
    BilingualText Time,
    TermView? Term,
    TimeOnly? SameDayCutOff,
    FeeQuoteView Fee
);

/// <summary>A variant or a group to choose.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its name.</param>
internal sealed record GuideChoice(string Code, BilingualText Title);

/// <summary>An instrument that the procedure rests on.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number and sign.</param>
/// <param name="Title">Its name.</param>
internal sealed record GuideBasis(string Id, string Number, BilingualText Title);

internal sealed class GetGuideHandler(DossiersDbContext db, CentreCalendars centres, TimeProvider clock)
    : IRequestHandler<GetGuide, GuideView>
{
    public async Task<GuideView> Handle(GetGuide request, CancellationToken ct)
    {
        var asked = request.Filter;
        var day = asked.On ?? clock.GetUtcNow().LocalDay();
        var (procedure, version) = await db.On(request.Code, day, ct);
        var content = version.Asked(asked.VariantCode, asked.PersonGroup);
        var agency = content.AgencyCode is { } code ? await db.Agencies.AsNoTracking().FirstOrDefaultAsync(a => a.Code == code, ct) : null;
        var ids = content.LegalBasisIds;
        var bases = ids.Count == 0 ? [] : await db.LegalBases.AsNoTracking().Where(b => ids.Contains(b.Id)).ToListAsync(ct);
        return new(
            procedure.Code,
            version.Number,
            day,
            new(content.Name, content.NameEn),
            Both(content.Result, content.ResultEn),
            [.. content.ApplicantKinds.Select(GuideWords.Of)],
            Both(content.Conditions, content.ConditionsEn),
            content.Sets,
            [.. content.Components.Select(GuidePaper.Of)],
            [.. Enum.GetValues<Channel>().Where(content.Offers).Order().Select(c => Way(procedure, version, content, c, asked, day))],
            GuideWords.Where(content.Flags),
            content.CentreCodes,
            await centres.Places(content, day, ct),
            agency is null ? null : new(agency.Name, agency.NameEn),
            [.. GuideWords.Notes(content)],
            [.. content.Variants.Select(v => new GuideChoice(v.Code, new(v.Name, v.NameEn)))],
            [.. content.PersonGroups.Select(g => new GuideChoice(g.Code, new(g.Name, g.NameEn)))],
            [
                .. content
                    .PersonGroups.Where(g => content.Exemptions.Any(e => e.HoldsOn(day) && e.PersonGroup == g.Code))
                    .Select(g => new GuideChoice(g.Code, new(g.Name, g.NameEn))),
            ],
            [.. bases.OrderBy(b => b.Id, StringComparer.Ordinal).Select(b => new GuideBasis(b.Id, b.Number, new(b.Name, b.NameEn)))],
            content.ToBeConfirmed
        );
    }

    private static GuideWay Way(
        Procedure procedure,
        ProcedureVersion version,
        ProcedureContent content,
        Channel channel,
        GuideFilter asked,
        DateOnly day
    )
    {
        var limit = content.LimitFor(channel);
        return new(
            channel,
            GuideWords.Of(channel),
            GuideWords.Of(limit),
            limit.Term is { } t ? new(t.Value, t.Unit) : null,
            limit.SameDayCutOff,
            FeeQuoteView.Of(
                procedure,
                version,
                new(
                    day,
                    channel,
                    asked.VariantCode,
                    asked.PersonGroup,
                    DeclaredValue: FeeFilter.Within(asked.DeclaredValue, DeclaredValue.Most, "declaredValue")
                )
            )
        );
    }

    private static BilingualText? Both(string? vietnamese, string? english) =>
        vietnamese is null && english is null ? null : new(vietnamese ?? english!, english ?? vietnamese!);
}

internal sealed class GetGuideEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/procedures/{code}/guide", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>Read the guide of a procedure</summary>
    /// <remarks>Tells a person what to bring, how long it takes, how much it costs, where and how it is handed in, in Vietnamese and English.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<ValueAnswer<GuideView>> Handle(
        string code,
        [AsParameters] GuideFilter filter,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GetGuide(code, filter), ct));
}
