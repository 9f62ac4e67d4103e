namespace Pac.Dossiers.Persistence;

/// <summary>What dossiers cost and how it was paid, as the national portal is told (Decision 766/QD-TTg, index 3.6).</summary>
internal static class MoneySql
{
    /// <summary>Dossiers with a line to pay: of a procedure with a fee, and not all of its prices are nought.</summary>
    public const string HavingFee = """
        SELECT * FROM dossiers.dossiers WHERE fees_due @? '$[*] ? (@.dong > 0 && !(@.exempt == true))'
        """;

    /// <summary>Dossiers paid on the national portal or through the gateway of the province.</summary>
    public const string BeingPaidOnline = """
        SELECT * FROM dossiers.dossiers
        WHERE payments @? '$[*] ? (@.status == "paid" && (@.method == "nationalPortal" || @.method == "provincialGateway"))'
        """;
}
