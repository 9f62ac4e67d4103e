using System.Globalization;
using Pac.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["bare", var address, var connection])
{
    await BareServer.Run(address, connection);
    return 0;
}
if (args is ["token", var tokenAddress, var tokenConnection])
{
    await TokenServer.Run(tokenAddress, tokenConnection);
    return 0;
}
string[] all = ["due-times", "token", "sign-in", "import", "requests", "lists", "lists-10m", "queues", "statistics", "proof", "exports"];

// Ten million dossiers take a while and 20 GB: only when they are asked for.
var wanted = args.Length == 0 ? [.. all.Where(a => a != "lists-10m")] : args;
if (wanted.Except(all).Any())
{
    Console.Error.WriteLine("Benchmarks: " + string.Join(", ", all) + "; all of them but lists-10m without a word.");
    return 2;
}
if (wanted.Contains("due-times"))
    DueTimes.Run();
if (wanted is not ["due-times"])
{
    await using var bench = await Bench.Start();
    if (wanted.Contains("token"))
        await TokenCheck.Run(bench);
    if (wanted.Contains("sign-in"))
        await SignIns.Run(bench);
    if (wanted.Contains("import") || wanted.Contains("requests"))
        await Import.Run(bench);
    if (wanted.Contains("requests"))
        await Requests.Run(bench);
    if (wanted.Contains("lists"))
        await Lists.Run(bench, 1_000_000);
    if (wanted.Contains("lists-10m"))
        await Lists.Run(bench, 10_000_000);
    if (wanted.Contains("queues"))
        await Queues.Run(bench);
    if (wanted.Contains("statistics"))
        await YearStatistics.Run(bench);
    if (wanted.Contains("proof"))
        await ProofExport.Run(bench);
    if (wanted.Contains("exports"))
        await DossierExports.Run(bench);
}
return 0;
