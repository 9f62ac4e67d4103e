using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>What the host says to its log holds nothing of a person and no secret, whatever was sent and however it went.</summary>
public sealed class LogPrivacyTests(SharedHost fixture)
{
    private const string Name = "Nguyễn Thị Kín Đáo";
    private const string Identity = "066190004711";
    private const string Phone = "0905004711";
    private const string Email = "kin.dao@thu.example";
    private const string Home = "4711 Đường Riêng Tư";
    private const string WrongPassword = "Wrong-Pass-4711!";

    [Fact]
    public async Task Neither_names_nor_numbers_nor_secrets_are_logged_on_any_way()
    {
        var host = fixture.Host;
        var token = await host.MachineToken();
        var client = host.With(token);
        object applicant = new
        {
            name = Name,
            identityNumber = Identity,
            phone = Phone,
            email = Email,
            address = Home,
        };
        var dossier = (await client.Receives(applicant)).Expect(201);
        Assert.Contains(Identity, (await client.Get(dossier.Location + "/applicant")).Expect(200).Text, StringComparison.Ordinal);
        (await client.Get(dossier.Location + "/forms/01?format=pdf")).Expect(200);
        // Refused as a whole, by shape and by rule, and broken in the middle.
        (await client.Receives(new { name = Name, identityNumber = Identity + "x" })).Expect(400);
        (
            await client.Receives(
                new
                {
                    name = Name,
                    identityNumber = Identity,
                    nickname = Name,
                }
            )
        ).Expect(400);
        (await client.Receives(applicant, procedureCode: Identity)).Expect(422);
        (await client.Receives(applicant, counterId: null, centreCode: Name)).Expect(422);
        (await client.Post("/api/v1/dossiers", $"{{\"applicant\":{{\"name\":\"{Name}\"")).Expect(400);
        (await client.Get("/api/v1/dossiers?applicantName=" + Uri.EscapeDataString(Name))).Expect(400);
        (await client.Get("/api/v1/tracking/" + Uri.EscapeDataString(Name))).Expect(404);
        await client.JobDone(
            await client.Call(
                HttpMethod.Post,
                "/api/v1/dossier-imports?source=private",
                Calls.Body(
                    "sourceId,code,procedureCode,centreCode,channel,applicantName,applicantIdentity,applicantPhone,receivedAt\n"
                        + $"1,H15.02-250801-4711,1.014196,dak-lak,counter,{Name},{Identity},{Phone},2025-08-01T08:00:00+07:00\n"
                        + $"2,{Name},1.014196,{Home},counter,{Name},{Identity}x,{Phone},yesterday\n"
                        + $"3,\"{Name}\n",
                    "text/csv"
                )
            )
        );
        using var browser = new Browser(host.Address);
        Assert.Equal(400, (await browser.SignIn("officer", WrongPassword)).Status);
        Assert.Equal(400, (await browser.SignIn(Name, WrongPassword)).Status);
        var tokens = await host.SignsIn("officer");
        (await host.With(token + "x").Get("/api/v1/me")).Expect(401);

        Assert.Contains("PAC is ready", host.Said, StringComparison.Ordinal);
        foreach (var secret in new[] { "Kín Đáo", Identity, Phone, Email, Home, WrongPassword, token, tokens.Access, tokens.Refresh })
            Assert.DoesNotContain(secret, host.Said, StringComparison.OrdinalIgnoreCase);
    }
}
