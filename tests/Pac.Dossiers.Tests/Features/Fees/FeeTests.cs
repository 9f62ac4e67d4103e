using System.Text.Json;
using System.Text.Json.Nodes;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Fees;

/// <summary>A host with the sandbox of the payment gateway and with receipt numbers for both centres.</summary>
public sealed class MoneyHost() : DossiersHost(new() { ["Pac:Sandbox"] = "true" });

/// <summary>Tests about money, with cashiers at hand.</summary>
public abstract class FeeTests(MoneyHost fixture) : DossierTests(fixture)
{
    /// <summary>Sets up a company; its code is one of the catalogue's own, since the domain study knows none.</summary>
    protected const string Enterprise = "9.000027";

    protected const string Basis = "nd-118-2025";

    protected static readonly object Cash = new { method = "cash" };

    /// <summary>Somebody who may do everything, and is another person than the officer.</summary>
    protected HttpClient As(string subject) => Host.Client(TestCaller.May(Everything).As(subject));

    /// <summary>Publishes a further version of a procedure.</summary>
    protected async Task Publish(string code, Action<JsonObject> change)
    {
        var present = (await Officer.Get("/api/v1/procedures/" + code)).Expect(200);
        var details = JsonNode.Parse(present.Json.GetProperty("details").GetRawText())!.AsObject();
        change(details);
        var version = new JsonObject
        {
            ["effectiveFrom"] = "2026-11-20",
            ["decision"] = "Quyết định 7",
            ["details"] = details,
        };
        (await Officer.Post($"/api/v1/procedures/{code}/versions", version.ToJsonString(), ("If-Match", present.ETag))).Expect(201);
    }

    protected Task PayBefore(string code = Licence) => Publish(code, d => d["flags"]!["payBefore"] = true);

    /// <summary>A received dossier with a demand of what the tariff wants; its charge is 135,000 dong.</summary>
    protected async Task<Reply> Demanded(string timing = "before") =>
        (await Act(await Receive(), "request-payment", Lines(timing, new { feeCode = "licence" }))).Expect(200);

    protected static object Lines(string timing, params object[] lines) =>
        new
        {
            notice = "TB 12/TB-CAT",
            timing,
            lines,
        };

    protected async Task<Reply> Pay(Reply dossier, HttpClient? by = null, int number = 1) =>
        (await Act(dossier, "confirm-payment", new { method = "cash", number }, by)).Expect(200);

    /// <summary>A dossier with a charge of 50,000 and a fee of 100,000.</summary>
    protected async Task<Reply> ReceiveEnterprise()
    {
        var reception = Reception(Enterprise);
        reception["documents"] = Papers("form", "charter");
        return (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
    }

    /// <summary>A dossier whose charge was paid in cash.</summary>
    protected async Task<Reply> Paid(HttpClient? by = null) => await Pay(await Demanded(), by);

    protected async Task<JsonElement> Payments(Reply dossier) => (await Officer.Get(Path(dossier) + "/payments")).Expect(200).Json;

    protected static long Dong(JsonElement of, string member) => of.GetProperty(member).GetInt64();

    protected static string Word(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    protected async Task<JsonElement> Book(string day = "2026-11-23", string centre = Facilities.Centre) =>
        (await Officer.Get($"/api/v1/cash-book?centreCode={centre}&day={day}")).Expect(200).Json;

    protected async Task<Reply> TillOf(string cashier, bool open = true)
    {
        var till = Items(await Officer.Get($"/api/v1/tills?cashier={cashier}&open={(open ? "true" : "false")}"))[0];
        return (await Officer.Get("/api/v1/tills/" + Word(till, "id"))).Expect(200);
    }

    protected static async Task<Reply> Close(Reply till, HttpClient by, object count) =>
        await by.Post($"/api/v1/tills/{Text(till, "id")}/close", count, ("If-Match", till.ETag));
}
