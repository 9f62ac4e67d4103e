using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;

namespace Pac.Dossiers.Features.Cash;

/// <summary>A range of receipt numbers.</summary>
/// <param name="Id">Identifier of the range.</param>
/// <param name="CentreCode">The centre that uses it.</param>
/// <param name="Kind">What it is for: fees (phí) or charges (lệ phí).</param>
/// <param name="FormCode">Form of the receipt (mẫu số).</param>
/// <param name="Series">Its series (ký hiệu).</param>
/// <param name="From">First number.</param>
/// <param name="To">Last number.</param>
/// <param name="Given">How many numbers were given.</param>
/// <param name="Left">How many are left.</param>
/// <param name="ValidFrom">First day it may be used.</param>
/// <param name="ValidTo">Last day it may be used; left out when there is none.</param>
/// <param name="CounterId">The counter it belongs to; left out when it is for all.</param>
/// <param name="Cashier">Subject of the cashier it belongs to; left out when it is for all.</param>
/// <param name="ClosedAt">When it was closed.</param>
internal sealed record ReceiptSeriesView(
    Guid Id,
    string CentreCode,
    FeeKind Kind,
    string FormCode,
    string Series,
    int From,
    int To,
    int Given,
    int Left,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    Guid? CounterId,
    string? Cashier,
    DateTimeOffset? ClosedAt
)
{
    public static ReceiptSeriesView Of(ReceiptSeries s) =>
        new(
            s.Id.Value,
            s.CentreCode,
            s.Kind,
            s.FormCode,
            s.Series,
            s.FirstNumber,
            s.LastNumber,
            s.Given - s.FirstNumber + 1,
            s.ClosedAt is null ? s.LastNumber - s.Given : 0,
            s.ValidFrom,
            s.ValidTo,
            s.CounterId,
            s.Cashier,
            s.ClosedAt
        );
}
