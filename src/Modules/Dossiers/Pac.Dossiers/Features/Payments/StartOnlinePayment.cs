using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Gateway;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

/// <summary>What is to be paid through the gateway.</summary>
/// <param name="Numbers">The demands, by their numbers; all that are awaited when left out.</param>
internal sealed record OnlinePaymentWish(IReadOnlyList<int>? Numbers = null);

internal sealed record StartOnlinePayment(Guid Id, OnlinePaymentWish Wish, string PublicAddress) : ICommand<Versioned<OnlinePaymentView>>;

internal sealed class StartOnlinePaymentValidator : AbstractValidator<StartOnlinePayment>
{
    public StartOnlinePaymentValidator()
    {
        RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Wish).SetValidator(new OnlinePaymentWishValidator()).OverridePropertyName("");
    }
}

internal sealed class OnlinePaymentWishValidator : AbstractValidator<OnlinePaymentWish>
{
    public OnlinePaymentWishValidator()
    {
        RuleFor(w => w.Numbers).MostItems(20);
        RuleForEach(w => w.Numbers).InclusiveBetween(1, 1000);
    }
}

internal sealed class StartOnlinePaymentHandler(
    IRepository<Dossier> dossiers,
    IRepository<OnlinePayment> orders,
    ICashBook book,
    IPaymentGateway gateway,
    GatewaySettings settings,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<StartOnlinePayment, Versioned<OnlinePaymentView>>
{
    public async Task<Versioned<OnlinePaymentView>> Handle(StartOnlinePayment request, CancellationToken ct)
    {
        await book.Hold(new(request.Id), ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        var now = clock.GetUtcNow();
        var demands = request.Wish.Numbers is { Count: > 0 } wanted
            ? wanted.Distinct().Select(dossier.Payable).ToList()
            : [.. dossier.Payments.Where(p => p.Status == PaymentStatus.Waiting)];
        if (demands.Count == 0 || !LifeCycle.ActsIn(dossier.Status).Contains(LifeCycle.ConfirmPayment))
            throw new BusinessRuleException(GatewayErrors.NothingDue);
        // Whoever asks again for the same goes on with the same order, so that nobody pays twice.
        var order = (await orders.List(new OpenOrderOf(dossier.Id, now), ct)).FirstOrDefault(o =>
            o.AmountDong == demands.Sum(p => p.AmountDong) && o.Numbers.SequenceEqual(demands.Select(p => p.Number))
        );
        if (order is null)
        {
            order = OnlinePayment.Start(dossier, demands, user.Caller.Subject, now);
            order.Send(await gateway.Start(order.Code, order.AmountDong, request.PublicAddress, now, ct), settings.Patience);
            orders.Add(order);
        }
        await orders.Save(ct);
        return new(OnlinePaymentView.Of(order), order.Version);
    }
}

internal sealed class StartOnlinePaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/online-payments", Handle).Requires(DossiersPermissions.PayOnline);

    /// <summary>Start an online payment</summary>
    /// <remarks>Sends what is demanded to the payment gateway and gives the address and the QR code by which the person pays, and until when. Asked again for the same, it gives the same order. Where no gateway is set up, it says so.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<CreatedAnswer<OnlinePaymentView>> Handle(
        Guid id,
        OnlinePaymentWish wish,
        HttpContext http,
        ISender sender,
        CancellationToken ct
    )
    {
        var order = await sender.Send(new StartOnlinePayment(id, wish, $"{http.Request.Scheme}://{http.Request.Host}"), ct);
        return new($"/api/v1/online-payments/{order.Item.Id}", order);
    }
}
