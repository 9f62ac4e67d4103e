using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

/// <summary>What the cashier counted.</summary>
/// <param name="Counted">How much lies in the till, in dong.</param>
/// <param name="Denominations">The same piece by piece; it has to add up.</param>
/// <param name="Explanation">Why it differs from the book; needed when it does. No personal data.</param>
internal sealed record TillCounting(long Counted, IReadOnlyList<DenominationCount>? Denominations = null, string? Explanation = null)
{
    public TillCount Read() => new(Counted, Denominations?.Select(d => new Denomination(d.Value, d.Pieces)).ToList(), Explanation);
}

/// <summary>Notes or coins of one value.</summary>
/// <param name="Value">Their value, in dong.</param>
/// <param name="Pieces">How many.</param>
internal sealed record DenominationCount(long Value, int Pieces);

internal sealed record CloseTill(Guid Id, uint Seen, TillCounting Counting) : ICommand<Versioned<TillView>>;

internal sealed class CloseTillValidator : AbstractValidator<CloseTill>
{
    public CloseTillValidator() => RuleFor(c => c.Counting).SetValidator(new TillCountingValidator()).OverridePropertyName("");
}

internal sealed class TillCountingValidator : AbstractValidator<TillCounting>
{
    public TillCountingValidator()
    {
        RuleFor(c => c.Counted).InclusiveBetween(0, 100_000_000_000);
        RuleFor(c => c.Explanation).MaximumLength(500);
        RuleFor(c => c.Denominations).MostItems(20);
        RuleForEach(c => c.Denominations).SetValidator(new DenominationCountValidator());
    }
}

internal sealed class DenominationCountValidator : AbstractValidator<DenominationCount>
{
    public DenominationCountValidator()
    {
        RuleFor(d => d.Value).InclusiveBetween(1, 1_000_000);
        RuleFor(d => d.Pieces).InclusiveBetween(0, 100_000);
    }
}

internal sealed class CloseTillHandler(IRepository<Till> tills, ICashBook book, CurrentUser user, TimeProvider clock)
    : IRequestHandler<CloseTill, Versioned<TillView>>
{
    public async Task<Versioned<TillView>> Handle(CloseTill request, CancellationToken ct)
    {
        var till = await tills.Get(new TillWithId(new(request.Id)), request.Seen, ct);
        var totals = await book.SumUp(till.Id, ct);
        till.Close(request.Counting.Read(), totals, user.Caller.Subject, clock.GetUtcNow());
        await tills.Save(ct);
        return new(TillView.Of(till, totals), till.Version);
    }
}

internal sealed class CloseTillEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/tills/{id}/close", Handle).Requires(DossiersPermissions.TakePayment);

    /// <summary>Close a till</summary>
    /// <remarks>Closes the caller's till with what was counted. A difference to the book has to be explained. What comes later goes into the next till, and what lies in this one can only be given back by a refund.</remarks>
    /// <param name="id">Identifier of the till.</param>
    private static async Task<ItemAnswer<TillView>> Handle(
        Guid id,
        TillCounting counting,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new CloseTill(id, ifMatch.Version, counting), ct));
}
