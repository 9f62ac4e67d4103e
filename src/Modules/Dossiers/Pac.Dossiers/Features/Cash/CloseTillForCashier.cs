using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

/// <summary>What a supervisor counted in a till that was left open.</summary>
/// <param name="Reason">Why the cashier does not close it; no personal data.</param>
/// <param name="Counting">What was counted.</param>
internal sealed record TillTakeover(string Reason, TillCounting Counting);

internal sealed record CloseTillForCashier(Guid Id, uint Seen, TillTakeover Takeover) : ICommand<Versioned<TillView>>;

internal sealed class CloseTillForCashierValidator : AbstractValidator<CloseTillForCashier>
{
    public CloseTillForCashierValidator()
    {
        RuleFor(c => c.Takeover.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason");
        RuleFor(c => c.Takeover.Counting).NotNull().SetValidator(new TillCountingValidator()).OverridePropertyName("counting");
    }
}

internal sealed class CloseTillForCashierHandler(IRepository<Till> tills, ICashBook book, CurrentUser user, TimeProvider clock)
    : IRequestHandler<CloseTillForCashier, Versioned<TillView>>
{
    public async Task<Versioned<TillView>> Handle(CloseTillForCashier request, CancellationToken ct)
    {
        var till = await tills.Get(new TillWithId(new(request.Id)), request.Seen, ct);
        var totals = await book.SumUp(till.Id, ct);
        var (reason, counting) = request.Takeover;
        till.CloseForCashier(counting.Read(), totals, reason, user.Caller.Subject, clock.GetUtcNow());
        await tills.Save(ct);
        return new(TillView.Of(till, totals), till.Version);
    }
}

internal sealed class CloseTillForCashierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tills/{id}/close-for-cashier", Handle).Requires(DossiersPermissions.ConfirmCash);

    /// <summary>Close a till that was left open</summary>
    /// <remarks>Closes the till of a cashier who cannot, such as one who fell ill or left it open, with what was counted. Who closed it and why stay with it, a difference to the book has to be explained, and a third person confirms it.</remarks>
    /// <param name="id">Identifier of the till.</param>
    private static async Task<ItemAnswer<TillView>> Handle(
        Guid id,
        TillTakeover takeover,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new CloseTillForCashier(id, ifMatch.Version, takeover), ct));
}
