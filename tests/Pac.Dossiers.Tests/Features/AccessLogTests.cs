using Npgsql;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>An auditor finds out who looked at whose dossier, and nobody can make it unsaid.</summary>
public sealed class AccessLogTests(DossiersHost fixture) : DossierTests(fixture)
{
    private HttpClient Auditor => Host.Client("dossiers.audit");

    [Fact]
    public async Task Who_saw_whose_data_is_found_by_user_application_dossier_purpose_and_time()
    {
        var (one, two) = (await Receive(), await Receive("1.002755"));
        var reader = TestCaller.May("dossiers.read-personal").Through("back-office", "dossiers.read");
        (await Host.Client(reader.As("an")).Get(Path(one) + "/applicant")).Expect(200);
        Host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await Host.Client(reader.As("binh")).Get(Path(two) + "/applicant")).Expect(200);
        Host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await Officer.Get(Path(one) + "/forms/01")).Expect(200);

        var all = await Found("");
        Assert.Equal(
            ["test-user form-01", "binh applicant", "an applicant"],
            all.Select(e => $"{Text(e, "subject")} {Text(e, "purpose")}")
        );
        Assert.All(all, e => Assert.Equal(Mask(Person.Identity), Text(e, "applicantIdentityNumber")));
        Assert.Equal(["test-user", "an"], (await Found($"dossierCode={Text(one, "code")}")).Select(e => Text(e, "subject")));
        Assert.Equal([Text(one, "id")], (await Found("subject=an")).Select(e => Text(e, "dossierId")));
        Assert.Equal(2, (await Found("client=back-office")).Count);
        Assert.Single(await Found("purpose=form-01"));
        var middle = Uri.EscapeDataString(TestClock.Start.AddMinutes(5).ToString("O"));
        Assert.Equal(["test-user", "binh"], (await Found($"from={middle}")).Select(e => Text(e, "subject")));
        Assert.Equal(["an"], (await Found($"to={middle}")).Select(e => Text(e, "subject")));

        var first = (await Auditor.Get("/api/v1/access-entries?limit=2&withTotal=true")).Expect(200).Json;
        Assert.Equal(3, first.GetProperty("total").GetInt32());
        var rest = (await Auditor.Get("/api/v1/access-entries?limit=2&cursor=" + first.GetProperty("nextCursor").GetString()))
            .Expect(200)
            .Json;
        Assert.Equal("an", rest.GetProperty("items")[0].GetProperty("subject").GetString());
    }

    [Fact]
    public async Task It_is_seen_with_the_right_and_for_the_dossiers_of_the_caller_alone()
    {
        var dossier = await Receive();
        (await Officer.Get(Path(dossier) + "/applicant")).Expect(200);
        (await Host.Client("dossiers.read", "dossiers.read-personal").Get("/api/v1/access-entries")).Expect(403);
        var elsewhere = Host.Client(TestCaller.May("dossiers.audit").Over("centre:66-22015"));
        Assert.Empty((await elsewhere.Get("/api/v1/access-entries")).Expect(200).Json.GetProperty("items").EnumerateArray());
        Assert.DoesNotContain(
            Text(dossier, "code"),
            (await elsewhere.Get("/api/v1/access-entries/export")).Expect(200).Text,
            StringComparison.Ordinal
        );
        var here = Host.Client(TestCaller.May("dossiers.audit").Over("centre:dak-lak"));
        Assert.Single((await here.Get("/api/v1/access-entries")).Expect(200).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task It_is_exported_masked_and_safe_and_the_export_is_in_the_trail()
    {
        var dossier = await Receive();
        var reader = TestCaller.May("dossiers.read-personal").As("=cmd|' /C calc'!A0");
        (await Host.Client(reader).Get(Path(dossier) + "/applicant")).Expect(200);
        var export = (await Auditor.Get("/api/v1/access-entries/export")).Expect(200);
        Assert.Contains("attachment", export.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Contains("'=cmd|", export.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd", export.Text, StringComparison.Ordinal);
        Assert.Contains(Mask(Person.Identity), export.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Identity, export.Text, StringComparison.Ordinal);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.audit WHERE act = 'ExportAccessEntries'"));
    }

    [Theory]
    [InlineData("UPDATE dossiers.access_log SET subject = 'x'")]
    [InlineData("DELETE FROM dossiers.access_log")]
    [InlineData("TRUNCATE dossiers.access_log")]
    public async Task The_database_refuses_to_change_or_remove_an_entry(string sql) =>
        Assert.Contains(
            "append-only",
            (await Assert.ThrowsAsync<PostgresException>(() => Host.Sql(sql))).MessageText,
            StringComparison.Ordinal
        );

    private async Task<List<System.Text.Json.JsonElement>> Found(string query) =>
        [.. (await Auditor.Get("/api/v1/access-entries?limit=100&" + query)).Expect(200).Json.GetProperty("items").EnumerateArray()];

    private static string Text(System.Text.Json.JsonElement entry, string member) => entry.GetProperty(member).GetString()!;

    private static string Mask(string number) => BuildingBlocks.Web.Mask.Number(number)!;
}
