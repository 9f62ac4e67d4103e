using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

/// <summary>A range of receipt numbers that a centre may use, as it was notified to the tax authority.</summary>
/// <param name="CentreCode">The centre that uses it.</param>
/// <param name="Kind">What it is for: fees (phí) or charges (lệ phí).</param>
/// <param name="FormCode">Form of the receipt (mẫu số).</param>
/// <param name="Series">Its series (ký hiệu).</param>
/// <param name="From">First number.</param>
/// <param name="To">Last number.</param>
/// <param name="ValidFrom">First day it may be used.</param>
/// <param name="ValidTo">Last day it may be used; without end when left out.</param>
/// <param name="CounterId">The counter it belongs to; all when left out.</param>
/// <param name="Cashier">Subject of the cashier it belongs to; all when left out.</param>
internal sealed record RegisterReceiptSeries(
    string CentreCode,
    FeeKind Kind,
    string FormCode,
    string Series,
    int From,
    int To,
    DateOnly ValidFrom,
    DateOnly? ValidTo = null,
    Guid? CounterId = null,
    string? Cashier = null
) : ICommand<Versioned<ReceiptSeriesView>>;

internal sealed class RegisterReceiptSeriesValidator : AbstractValidator<RegisterReceiptSeries>
{
    public RegisterReceiptSeriesValidator()
    {
        RuleFor(c => c.CentreCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.FormCode).NotEmpty().MaximumLength(40).MatchesWhole("^[0-9A-Za-z/.-]+$");
        RuleFor(c => c.Series).NotEmpty().MaximumLength(40).MatchesWhole("^[0-9A-Za-z/.-]+$");
        RuleFor(c => c.From).InclusiveBetween(1, 9_999_999);
        RuleFor(c => c.To).InclusiveBetween(1, 9_999_999);
        RuleFor(c => c.Cashier).MaximumLength(100);
    }
}

internal sealed class RegisterReceiptSeriesHandler(
    IRepository<ReceiptSeries> series,
    ICashBook book,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<RegisterReceiptSeries, Versioned<ReceiptSeriesView>>
{
    public async Task<Versioned<ReceiptSeriesView>> Handle(RegisterReceiptSeries r, CancellationToken ct)
    {
        PaymentPlace.Check(r.CentreCode, user.Scope);
        // An agency takes no money; centres do.
        if (user.Scope.Kind == DataScopeKind.Agency)
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/centreCode"));
        await centres.Check(r.CentreCode, "/centreCode", ct);
        var range = new NumberRange(
            r.CentreCode,
            r.Kind,
            r.FormCode,
            r.Series,
            r.From,
            r.To,
            r.ValidFrom,
            r.ValidTo,
            r.CounterId,
            r.Cashier
        );
        var added = ReceiptSeries.Register(range, clock.GetUtcNow());
        await book.CheckRange(range, ct);
        series.Add(added);
        await series.Save(ct);
        return new(ReceiptSeriesView.Of(added), added.Version);
    }
}

internal sealed class RegisterReceiptSeriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/receipt-series", Handle).Requires(DossiersPermissions.ManageReceipts);

    /// <summary>Register a range of receipt numbers</summary>
    /// <remarks>Adds numbers of a form and series that a centre, a counter or a cashier uses. No number lies in two ranges; from then on the payments of the centre take their numbers here, one after the other.</remarks>
    private static async Task<CreatedAnswer<ReceiptSeriesView>> Handle(RegisterReceiptSeries command, ISender sender, CancellationToken ct)
    {
        var series = await sender.Send(command, ct);
        return new($"/api/v1/receipt-series/{series.Item.Id}", series);
    }
}
