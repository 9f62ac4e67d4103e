using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Features.Search;
using Pac.Dossiers.Persistence;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>A dossier has several codes, and any of them finds it.</summary>
public sealed class DossierCodeTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Portal = "000.00.00.G12-261123-0007";

    private async Task<Reply> FromPortal(string code = Portal)
    {
        var submission = Reception();
        submission["portalCode"] = code;
        return (await Officer.Post("/api/v1/online-submissions", submission)).Expect(201);
    }

    [Fact]
    public async Task The_list_finds_it_by_either_code_and_shows_both()
    {
        var dossier = await FromPortal();
        await Receive();
        foreach (var code in new[] { Text(dossier, "code"), Portal })
        {
            var line = Assert.Single(Items(await Officer.Get("/api/v1/dossiers?code=" + code)));
            Assert.Equal((Text(dossier, "id"), Portal), (line.GetProperty("id").GetString(), line.GetProperty("portalCode").GetString()));
            Assert.Equal(1, (await Officer.Get($"/api/v1/dossiers?withTotal=true&code={code}")).Json.GetProperty("total").GetInt32());
        }
        Assert.Empty(Items(await Officer.Get($"/api/v1/dossiers?code={Portal}&status=returned")));
        Assert.Empty(Items(await Over("centre:66-22015").Get("/api/v1/dossiers?code=" + Portal)));
        Assert.Equal(Portal, Text((await Officer.Get(Path(dossier))).Expect(200), "portalCode"));
    }

    [Fact]
    public async Task Whoever_holds_the_code_of_the_portal_follows_it_and_an_own_code_goes_first()
    {
        var dossier = await FromPortal();
        Assert.Equal(Text(dossier, "code"), Text((await Host.Anonymous().Get("/api/v1/tracking/" + Portal)).Expect(200), "code"));
        var other = await Receive();
        await Host.Sql("UPDATE dossiers.dossiers SET portal_code = $1 WHERE id = $2", Text(other, "code"), Guid.Parse(Text(dossier, "id")));
        Assert.Equal(
            Text(other, "status"),
            Text((await Host.Anonymous().Get("/api/v1/tracking/" + Text(other, "code"))).Expect(200), "status")
        );
        Assert.Equal(
            Text(other, "code"),
            Text((await Host.Anonymous().Get("/api/v1/tracking/" + Text(other, "code"))).Expect(200), "code")
        );
    }

    [Fact]
    public async Task Holders_and_senders_of_feedback_may_name_it_by_the_code_of_the_portal()
    {
        var dossier = (await Act(await FromPortal(), "accept")).Expect(200);
        var key = (await Officer.Get(Path(dossier) + "/forms/01")).Expect(200).Json.GetProperty("ratingUrl").GetString()!.Split("key=")[1];
        // Too early, which only whoever was found by code and key is told.
        (await Host.Anonymous().Post($"/api/v1/tracking/{Portal}/rating", new { key, level = 5 })).Expect(409, "dossiers.rating-too-early");
        (await Host.Anonymous().Get($"/track/{Portal}")).Expect(200);
        var matter = new
        {
            kind = "delay",
            text = "Chờ lâu quá mức đã hẹn",
            centreCode = "dak-lak",
            dossierCode = Portal,
        };
        (await Officer.Post("/api/v1/feedback", new { matter, channel = "counter" })).Expect(201);
        Assert.Equal(Guid.Parse(Text(dossier, "id")), await Host.Scalar<Guid>("SELECT dossier_id FROM dossiers.feedback"));
    }

    [Fact]
    public async Task Who_looked_is_found_by_the_code_of_the_portal()
    {
        var dossier = await FromPortal();
        (await Officer.Get(Path(dossier) + "/applicant")).Expect(200);
        Assert.Single(Items(await Officer.Get("/api/v1/access-entries?dossierCode=" + Portal)));
    }

    [Theory]
    [InlineData("province")]
    [InlineData("centre:dak-lak")]
    [InlineData("agency:H15.09")]
    public async Task A_code_is_looked_up_in_indexes(string scope)
    {
        await using var services = Host.Services.CreateAsyncScope();
        var caller = Caller.System with { Subject = "officer-0", Scope = DataScope.Parse(scope, "officer-0") };
        services.ServiceProvider.GetRequiredService<CurrentUser>().Become(caller, null);
        var db = services.ServiceProvider.GetRequiredService<DossiersDbContext>();
        await using var command = db.Visible.WithCode(Portal).Newest(21).Select(NewestPage.Line).CreateDbCommand();
        await using var asking = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        command.Transaction = asking.GetDbTransaction();
        command.CommandText = "SET LOCAL enable_seqscan = off; EXPLAIN (FORMAT JSON) " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        using var plan = JsonDocument.Parse(reader.GetString(0));
        var text = plan.RootElement[0].GetProperty("Plan").GetRawText();
        Assert.DoesNotContain("Seq Scan", text, StringComparison.Ordinal);
        Assert.Contains("ix_dossiers_code", text, StringComparison.Ordinal);
        Assert.Contains("ix_dossiers_portal_code", text, StringComparison.Ordinal);
    }
}
