using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record CheckProcedureDraft(string Code, DateOnly? EffectiveFrom) : IQuery<DraftCheck>;

/// <summary>Whether a draft can be published.</summary>
/// <param name="Publishable">Whether nothing stands in the way.</param>
/// <param name="MissingParts">Mandatory parts that it does not state (Decree 63/2010, art. 8; index 1.3).</param>
/// <param name="Fault">The first rule that it breaks; left out when it breaks none.</param>
/// <param name="Remarks">What is allowed, and should be looked at.</param>
/// <param name="ToBeConfirmed">Members whose figure the operator has to confirm.</param>
/// <param name="StepHours">Working hours of all steps together; 8 make a day.</param>
internal sealed record DraftCheck(
    bool Publishable,
    IReadOnlyList<MandatoryPart> MissingParts,
    DraftFault? Fault,
    IReadOnlyList<BilingualText> Remarks,
    IReadOnlyList<string> ToBeConfirmed,
    decimal StepHours
);

/// <summary>A rule that a draft breaks.</summary>
/// <param name="Pointer">Where.</param>
/// <param name="Code">Stable machine word.</param>
/// <param name="Detail">What is wrong, in the reader's language.</param>
internal sealed record DraftFault(string? Pointer, string Code, string Detail);

internal sealed class CheckProcedureDraftHandler(
    DossiersDbContext db,
    ICatalogue catalogue,
    PublicationTimes times,
    ILaw laws,
    TimeProvider clock
) : IRequestHandler<CheckProcedureDraft, DraftCheck>
{
    public async Task<DraftCheck> Handle(CheckProcedureDraft request, CancellationToken ct)
    {
        var draft =
            await db.ProcedureDrafts.AsNoTracking().FirstOrDefaultAsync(d => d.Code == request.Code, ct)
            ?? throw new NotFoundException("draft");
        var (content, facts) = (draft.Content, await catalogue.Facts(ct));
        var missing = content.MissingParts();
        var fault = Fault(content, facts, request.EffectiveFrom ?? clock.GetUtcNow().LocalDay());
        return new(
            missing.Count == 0 && fault is null,
            missing,
            fault,
            [.. Remarks(content), .. await TooShort(request.EffectiveFrom, ct)],
            content.ToBeConfirmed,
            content.Steps.Sum(s => s.Hours)
        );
    }

    // A decision of today that would come too shortly before the legal effect (index 1.1).
    private async Task<IReadOnlyList<BilingualText>> TooShort(DateOnly? effectiveFrom, CancellationToken ct)
    {
        var today = clock.GetUtcNow().LocalDay();
        if (effectiveFrom is not { } day || await times.Calendar(ct) is not { } calendar)
            return [];
        if (PublicationTiming.Between(calendar, today, day) is not { } days)
            return [];
        return (await laws.On(today, ct)).Find(LawInForce.CatalogueDecision, "")?.Value is { } wanted && days < wanted
            ?
            [
                new(
                    $"Quyết định ký hôm nay chỉ trước ngày có hiệu lực {days} ngày làm việc; yêu cầu ít nhất {wanted:0}.",
                    $"A decision signed today comes {days} working days before the legal effect; at least {wanted:0} are wanted."
                ),
            ]
            : [];
    }

    private static DraftFault? Fault(ProcedureContent content, CatalogueFacts facts, DateOnly effectiveFrom)
    {
        try
        {
            CatalogueRules.Check(content, facts, effectiveFrom);
            return null;
        }
        catch (BusinessRuleException refused)
        {
            return new(refused.Error.Pointer, refused.Error.Code, refused.Error.TextFor(CultureInfo.CurrentUICulture));
        }
    }

    private static IEnumerable<BilingualText> Remarks(ProcedureContent content)
    {
        if (content.LegalBasisIds.Count == 0)
            yield return new("Chưa nêu căn cứ pháp lý.", "No legal basis is stated.");
        foreach (var fee in content.Fees.Where(f => f.LegalBasisId is null))
            yield return new($"Mức thu {fee.Code} chưa có căn cứ pháp lý.", $"The fee line {fee.Code} has no legal basis.");
        if (content is { Fees.Count: 0, FeeDong: null })
            yield return new("Chưa nêu phí, lệ phí.", "No fee is stated; it would follow from a tariff.");
        if (content.Result is null && content.Flags.ResultMandatory)
            yield return new("Chưa nêu kết quả thực hiện.", "The result is not stated.");
        // The sum of the steps does not replace the legal term, but must fit into it.
        foreach (var term in content.Terms.Where(t => HoursOf(t) is { } hours && content.Steps.Sum(s => s.Hours) > hours))
            yield return new(
                "Tổng giờ các bước vượt thời hạn giải quyết.",
                $"The steps take longer than the term{(term.Channel is { } c ? $" over {c}" : "")}."
            );
    }

    private static decimal? HoursOf(ChannelTerm term) =>
        term.Term.Unit switch
        {
            TermUnit.WorkingDay => term.Term.Value * 8,
            TermUnit.WorkingHour => term.Term.Value,
            _ => null,
        };
}

internal sealed class CheckProcedureDraftEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedure-drafts/{code}/check", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Check a draft of a procedure</summary>
    /// <remarks>Tells which of the seven mandatory parts are missing, which rule stands in the way of publishing, and what should be looked at.</remarks>
    /// <param name="code">Code of the procedure.</param>
    /// <param name="effectiveFrom">First day it is to be in force; today when left out.</param>
    private static async Task<ValueAnswer<DraftCheck>> Handle(string code, DateOnly? effectiveFrom, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new CheckProcedureDraft(code, effectiveFrom), ct));
}
