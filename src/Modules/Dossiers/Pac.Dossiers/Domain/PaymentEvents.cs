using System.Globalization;

namespace Pac.Dossiers.Domain;

internal sealed record PaymentWasRequested(Dossier Dossier, Payment Payment, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "paymentRequested";

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Payment.AmountDong} VND");
}

internal sealed record PaymentWasConfirmed(Dossier Dossier, Payment Payment, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "paymentConfirmed";

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Payment.AmountDong} VND");
}

internal sealed record PaymentWasCancelled(Dossier Dossier, Payment Payment, string Reason, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "paymentCancelled";

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Payment.AmountDong} VND: {Reason}");
}

internal sealed record PaymentWasVoided(Dossier Dossier, Payment Payment, string Reason, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "paymentVoided";

    public string Detail =>
        string.Create(CultureInfo.InvariantCulture, $"{Payment.ReceiptSeries} {Payment.ReceiptNumber}, {Payment.AmountDong} VND").Trim();
}

internal sealed record FeeWasExempted(Dossier Dossier, FeeRelief Relief, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "feeExempted";

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Relief.FeeCode}: {Relief.Dong} VND, {Relief.LegalBasisId}");
}

internal sealed record RefundWasRequested(Dossier Dossier, Refund Refund, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "refundRequested";

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Refund.Dong} VND");
}

internal sealed record RefundWasApproved(Dossier Dossier, Refund Refund, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "refundApproved";

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Refund.Document}: {Refund.Dong} VND");
}

internal sealed record RefundWasRefused(Dossier Dossier, Refund Refund, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "refundRefused";

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Refund.Dong} VND");
}

internal sealed record RefundWasPaid(Dossier Dossier, Refund Refund, Payment Payment, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "refundPaid";

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Refund.Document}: {Refund.Dong} VND");
}
