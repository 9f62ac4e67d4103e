using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record QuoteFee(string Code, FeeFilter Filter) : IQuery<FeeQuoteView>;

/// <summary>For what a price is asked.</summary>
/// <param name="On">The day; today when left out.</param>
/// <param name="Channel">How the dossier is handed in; at the counter when left out.</param>
/// <param name="VariantCode">The variant; the ordinary case when left out.</param>
/// <param name="PersonGroup">The person's group; everybody else when left out.</param>
/// <param name="Copies">Copies of the result, 1 to 1,000; one when left out.</param>
/// <param name="Pages">Pages of each copy, 1 to 10,000; one when left out.</param>
/// <param name="DeclaredValue">The value that is declared, in dong; needed where the price is a percentage of it.</param>
internal sealed record FeeFilter(
    [property: FromQuery(Name = "on")] DateOnly? On = null,
    [property: FromQuery(Name = "channel")] Channel? Channel = null,
    [property: FromQuery(Name = "variantCode")] string? VariantCode = null,
    [property: FromQuery(Name = "personGroup")] string? PersonGroup = null,
    [property: FromQuery(Name = "copies")] int? Copies = null,
    [property: FromQuery(Name = "pages")] int? Pages = null,
    [property: FromQuery(Name = "declaredValue")] long? DeclaredValue = null
)
{
    public int CopiesAsked() => (int)(Within(Copies, 1_000, "copies") ?? 1);

    public int PagesAsked() => (int)(Within(Pages, 10_000, "pages") ?? 1);

    public long? ValueAsked() => Within(DeclaredValue, Domain.DeclaredValue.Most, "declaredValue");

    internal static long? Within(long? given, long most, string name) =>
        given is null ? null
        : given >= 1 && given <= most ? given
        : throw InvalidRequestException.Query(
            name,
            "out-of-range",
            string.Create(CultureInfo.InvariantCulture, $"Phải từ 1 đến {most}."),
            string.Create(CultureInfo.InvariantCulture, $"It must be between 1 and {most}.")
        );
}

/// <summary>What is to be paid, in whole dong.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="Version">Version of the procedure in force on the day, from 1.</param>
/// <param name="On">The day.</param>
/// <param name="Channel">How the dossier is handed in.</param>
/// <param name="Known">Whether the catalogue knows the price; otherwise it follows from a tariff and the agency states it.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm the price.</param>
/// <param name="Lines">Fee (phí) and charge (lệ phí) line by line; each has its own receipt. Of a price that a declared value decides, the lines that it does not.</param>
/// <param name="TotalDong">All lines together, in dong; left out when the price is not known.</param>
/// <param name="ByValue">How the lines are computed that depend on a declared value.</param>
/// <param name="Currency">The currency.</param>
internal sealed record FeeQuoteView(
    string Code,
    int Version,
    DateOnly On,
    Channel Channel,
    bool Known,
    bool ToBeConfirmed,
    IReadOnlyList<FeeDue> Lines,
    long? TotalDong,
    IReadOnlyList<FeeFormula> ByValue,
    string Currency
)
{
    public static FeeQuoteView Of(Procedure procedure, ProcedureVersion version, FeeQuestion question)
    {
        var lines = Tariff.Quote(version.Content, question);
        var byValue = Tariff.By(FeeUnit.Value, version.Content, question);
        return new(
            procedure.Code,
            version.Number,
            question.On,
            question.Channel,
            lines is not null,
            version.Content.ToBeConfirmed.Contains("fee"),
            Tariff.Known(version.Content, question),
            lines?.Sum(l => l.Dong),
            [.. byValue.Select(f => new FeeFormula(f.Code, new(f.Name, f.NameEn), GuideWords.Of(f)))],
            Money.Currency
        );
    }
}

/// <summary>How a line is computed from a declared value.</summary>
/// <param name="FeeCode">The line.</param>
/// <param name="Title">What is paid for.</param>
/// <param name="Words">The amount and the percentages, in words.</param>
internal sealed record FeeFormula(string FeeCode, BilingualText Title, BilingualText Words);

internal sealed class QuoteFeeHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<QuoteFee, FeeQuoteView>
{
    public async Task<FeeQuoteView> Handle(QuoteFee request, CancellationToken ct)
    {
        var asked = request.Filter;
        var day = asked.On ?? clock.GetUtcNow().LocalDay();
        var (procedure, version) = await db.On(request.Code, day, ct);
        version.Asked(asked.VariantCode, asked.PersonGroup);
        return FeeQuoteView.Of(
            procedure,
            version,
            new(
                day,
                asked.Channel ?? Channel.Counter,
                asked.VariantCode,
                asked.PersonGroup,
                asked.CopiesAsked(),
                asked.PagesAsked(),
                asked.ValueAsked()
            )
        );
    }
}

internal sealed class QuoteFeeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedures/{code}/fee-quote", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>Quote the fee of a procedure</summary>
    /// <remarks>Computes what is to be paid on a day, by variant, channel, person group, copies and pages, with fee and charge as separate lines and the instrument behind each.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<ValueAnswer<FeeQuoteView>> Handle(
        string code,
        [AsParameters] FeeFilter filter,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new QuoteFee(code, filter), ct));
}
