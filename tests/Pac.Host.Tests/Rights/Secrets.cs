using System.Globalization;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>What was done at one centre, and the words by which it would be known if it came to light elsewhere.</summary>
/// <param name="Code">Code of a dossier that went all the way.</param>
/// <param name="Words">Everything by which it would be known.</param>
internal sealed record Secrets(string Code, IReadOnlyList<string> Words)
{
    /// <summary>What is known of the person, in full.</summary>
    public IReadOnlyList<string> Personal { get; } =
    [Composer.Name, "Dấu Vết", Composer.Identity, Composer.Phone, Composer.Email, Composer.Home];

    /// <summary>Receives dossiers, looks at a person, works on them to the end, imports a late one and counts again; each leaves its mark somewhere.</summary>
    public static async Task<Secrets> Make(Composer composer, HttpClient insider, ApiDocument document)
    {
        var open = await composer.ReceiveMarked();
        (await insider.Get(open.Location + "/applicant")).Expect(200);
        var settled = await composer.Compose(document.Operations.Single(o => o.Id == "ReturnDossier"));
        var ended = (await settled.By(insider)).Expect(200).Json;
        var late = await ImportLate(insider);
        // A comment is shown where at least five have rated, so at the latest after the second time.
        for (var rated = 0; rated < 3; rated++)
            Assert.Equal(200, (await (await composer.Compose(document.Operations.Single(o => o.Id == "RateDossier"))).By(insider)).Status);
        await composer.Publish();
        // Money that was taken, money that is awaited at the gateway, another agency that is asked, and a run of the erasure.
        foreach (var act in new[] { "ConfirmPayment", "StartOnlinePayment", "ConsultAgency", "EraseDue" })
            Assert.InRange((await (await composer.Compose(document.Operations.Single(o => o.Id == act))).By(insider)).Status, 200, 299);
        // Whatever else there are lists of that some may not see.
        foreach (var create in document.Operations.Where(o => o.Creates && !o.HasItem && Listed(o, document)))
            Assert.InRange((await (await composer.Compose(create)).By(insider)).Status, 200, 299);
        return new(
            ended.GetProperty("code").GetString()!,
            [
                .. new[] { open.Json, ended }.SelectMany(d =>
                    new[] { d.GetProperty("code").GetString()!, d.GetProperty("id").GetString()! }
                ),
                late,
                "Dấu Vết",
                Composer.Identity,
                Composer.Phone,
                Composer.Email,
                "Đường Dấu Vết",
            ]
        );
    }

    private static bool Listed(ApiOperation create, ApiDocument document) =>
        document.Find(HttpMethod.Get, create.Template) is { } list && !OtherCentreTests.SeenByAll.Contains(list.Id);

    private static async Task<string> ImportLate(HttpClient insider)
    {
        var code =
            $"H15.02-{Composer.Day(-20)[2..].Replace("-", "", StringComparison.Ordinal)}-"
            + Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture);
        var file =
            "sourceId,code,procedureCode,centreCode,channel,applicantName,applicantIdentity,receivedAt,dueAt,outcome,settledAt\n"
            + $"{code},{code},1.014196,dak-lak,counter,{Composer.Name},{Composer.Identity},{Composer.Day(-20)}T08:00:00+07:00,{Composer.Day(-15)}T17:00:00+07:00,result,{Composer.Day(-10)}T10:00:00+07:00\n";
        var job = await insider.JobDone(
            await insider.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=rights", Calls.Body(file, "text/csv"))
        );
        Assert.Equal(1, job.GetProperty("result").GetProperty("imported").GetInt64());
        return code;
    }
}
