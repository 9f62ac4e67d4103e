using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Fees;

internal readonly record struct ReceiptSeriesId(Guid Value) : IStrongId<ReceiptSeriesId>
{
    public static ReceiptSeriesId From(Guid value) => new(value);

    public static bool operator <(ReceiptSeriesId left, ReceiptSeriesId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ReceiptSeriesId left, ReceiptSeriesId right) => left.Value.CompareTo(right.Value) > 0;
}

internal readonly record struct FeeReceiptId(Guid Value) : IStrongId<FeeReceiptId>
{
    public static FeeReceiptId From(Guid value) => new(value);

    public static bool operator <(FeeReceiptId left, FeeReceiptId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(FeeReceiptId left, FeeReceiptId right) => left.Value.CompareTo(right.Value) > 0;
}

internal readonly record struct TillId(Guid Value) : IStrongId<TillId>
{
    public static TillId From(Guid value) => new(value);

    public static bool operator <(TillId left, TillId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(TillId left, TillId right) => left.Value.CompareTo(right.Value) > 0;
}

internal readonly record struct OnlinePaymentId(Guid Value) : IStrongId<OnlinePaymentId>
{
    public static OnlinePaymentId From(Guid value) => new(value);

    public static bool operator <(OnlinePaymentId left, OnlinePaymentId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(OnlinePaymentId left, OnlinePaymentId right) => left.Value.CompareTo(right.Value) > 0;
}
