using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>People: what is kept of them, how they are found, and who else has a part in their dossiers.</summary>
public sealed class PeopleTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Searches = "/api/v1/dossier-searches";

    [Fact]
    public async Task Who_files_for_another_person_says_in_what_capacity_or_shows_an_authorisation()
    {
        var owner = new { name = "Trần Văn Chủ", identityNumber = "066190009876" };
        var authorisation = new { number = "0123/2026/UQ", date = "2026-11-01" };
        foreach (var way in new[] { "/api/v1/dossiers", "/api/v1/online-submissions" })
        {
            var reception = Reception();
            reception["involved"] = new { owner };
            var refused = (await Officer.Post(way, reception)).Expect(422, "dossiers.capacity-missing");
            Assert.Equal("/involved/capacity", Assert.Single(Faults(refused)).Pointer);
            reception["involved"] = new { owner, authorisation };
            (await Officer.Post(way, reception)).Expect(201);
            reception["involved"] = new { owner, capacity = "guardian" };
            var dossier = (await Officer.Post(way, reception)).Expect(201);
            Assert.Equal("guardian", Text(await Officer.Get(Path(dossier) + "/applicant"), "capacity"));
            reception["involved"] = new { owner = new { name = Person.Name, identityNumber = Person.Identity } };
            (await Officer.Post(way, reception)).Expect(201);
        }
    }

    [Fact]
    public async Task An_identity_number_cannot_be_read_in_the_database_and_is_read_by_whoever_may()
    {
        var reception = Reception();
        reception["involved"] = new
        {
            owner = new { name = "Trần Văn Chủ", identityNumber = "066190009876" },
            representative = new
            {
                name = "H'Hen Niê",
                identityNumber = "066190005432",
                phone = "0905000111",
            },
            authorisation = new { number = "0123/2026/UQ", date = "2026-11-01" },
        };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);

        var rows = await Host.Scalar<string>("SELECT string_agg(to_jsonb(d)::text, '') FROM dossiers.dossiers d");
        var trail = await Host.Scalar<string>("SELECT coalesce(string_agg(to_jsonb(a)::text, ''), '') FROM dossiers.audit a");
        foreach (var number in new[] { Person.Identity, "066190009876", "066190005432" })
        {
            Assert.DoesNotContain(number, rows, StringComparison.Ordinal);
            Assert.DoesNotContain(number, trail, StringComparison.Ordinal);
        }
        var applicant = (await Officer.Get(Path(dossier) + "/applicant")).Expect(200).Json;
        Assert.Equal(Person.Identity, applicant.GetProperty("identityNumber").GetString());
        Assert.Equal("066190009876", applicant.GetProperty("owner").GetProperty("identityNumber").GetString());
        Assert.Equal("066190005432", applicant.GetProperty("representative").GetProperty("identityNumber").GetString());
        Assert.Equal("0123/2026/UQ", applicant.GetProperty("authorisation").GetProperty("number").GetString());
    }

    [Theory]
    [InlineData(null, null, "dossiers.authorisation-missing")]
    [InlineData("2026-12-01", null, "dossiers.authorisation-over")]
    [InlineData("2026-01-01", "2026-11-22", "dossiers.authorisation-over")]
    public async Task Nobody_acts_for_another_without_an_authorisation_in_force(string? date, string? until, string code)
    {
        var reception = Reception();
        var representative = new { name = "H'Hen Niê" };
        reception["involved"] = date is null
            ? new { representative }
            : new
            {
                representative,
                authorisation = new
                {
                    number = "1/UQ",
                    date,
                    validUntil = until,
                },
            };
        (await Officer.Post("/api/v1/dossiers", reception)).Expect(422, code);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers"));
    }

    [Theory]
    [InlineData("nguyen", true)]
    [InlineData("NGUYỆT ánh", true)]
    [InlineData("nguy* Ng*", true)]
    [InlineData("nguy ng", false)]
    [InlineData("* nguyen**", true)]
    [InlineData("  anh   thi  ", true)]
    [InlineData("anh:* & !(", true)]
    [InlineData("tran", false)]
    [InlineData("nguyen van", false)]
    public async Task A_name_is_found_without_diacritics_by_its_words_and_where_asked_by_their_beginnings(string name, bool found)
    {
        await Receive();
        var items = Items(await Officer.Post(Searches, new { name }));
        Assert.Equal(found ? 1 : 0, items.Count);
    }

    [Fact]
    public async Task An_identity_number_finds_the_dossiers_of_its_person_alone_newest_first_page_by_page()
    {
        var first = await Receive();
        Host.Clock.Now += TimeSpan.FromMinutes(1);
        var second = await Receive("1.002755");
        var other = Reception();
        other["applicant"] = new { name = Person.Name, identityNumber = "066190001235" };
        (await Officer.Post("/api/v1/dossiers", other)).Expect(201);

        var page = await Officer.Post(Searches, new { identityNumber = Person.Identity, limit = 1 });
        Assert.Equal(Text(second, "code"), Assert.Single(Items(page)).GetProperty("code").GetString());
        var cursor = page.Json.GetProperty("nextCursor").GetString();
        var next = await Officer.Post(
            Searches,
            new
            {
                identityNumber = Person.Identity,
                limit = 1,
                cursor,
            }
        );
        Assert.Equal(Text(first, "code"), Assert.Single(Items(next)).GetProperty("code").GetString());
        Assert.False(next.Json.TryGetProperty("nextCursor", out _));
        Assert.DoesNotContain(Person.Identity, page.Text, StringComparison.Ordinal);
        Assert.Empty(Items(await Over("centre:66-22015").Post(Searches, new { identityNumber = Person.Identity })));
    }

    [Theory]
    [InlineData("""{}""", 422, "dossiers.search-empty")]
    [InlineData("""{"name":" - "}""", 422, "dossiers.search-empty")]
    [InlineData("""{"identityNumber":"0661"}""", 400, null)]
    [InlineData("""{"name":"a","limit":101}""", 400, null)]
    [InlineData("""{"name":"a","cursor":"x"}""", 400, null)]
    public async Task A_search_for_nothing_or_in_no_form_is_refused(string body, int status, string? code)
    {
        var reply = await Officer.Post(Searches, JsonDocument.Parse(body).RootElement);
        if (code is null)
            reply.Expect(status);
        else
            reply.Expect(status, code);
    }

    [Fact]
    public async Task What_was_imported_is_sealed_and_found_as_well()
    {
        const string rows = """
            sourceId,code,procedureCode,centreCode,channel,applicantName,applicantIdentity,receivedAt
            a-1,H15.09-241125-0001,1.002809,dak-lak,counter,Y Bhiông Niê,066190004711,2024-11-25T08:00:00+07:00
            """;
        (await Officer.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=old", Calls.Body(rows, "text/csv"))).Expect(202);
        await Host.RunJobs();
        Assert.DoesNotContain(
            "066190004711",
            await Host.Scalar<string>("SELECT string_agg(to_jsonb(d)::text, '') FROM dossiers.dossiers d"),
            StringComparison.Ordinal
        );
        Assert.Single(Items(await Officer.Post(Searches, new { identityNumber = "066190004711" })));
        Assert.Single(Items(await Officer.Post(Searches, new { name = "bhiong" })));
    }

    [Fact]
    public async Task What_an_earlier_version_wrote_in_plain_is_sealed_by_the_next_migration()
    {
        var dossier = await Receive();
        await Host.Sql(
            "UPDATE dossiers.dossiers SET applicant_search = NULL, applicant_identity_number = $1, applicant_identity_sealed = NULL, applicant_identity_index = NULL",
            Person.Identity
        );
        await Host.Seed();
        Assert.Equal("066*****1234", await Host.Scalar<string>("SELECT applicant_identity_number FROM dossiers.dossiers"));
        var applicant = (await Officer.Get(Path(dossier) + "/applicant")).Expect(200).Json;
        Assert.Equal(Person.Identity, applicant.GetProperty("identityNumber").GetString());
        Assert.Single(Items(await Officer.Post(Searches, new { identityNumber = Person.Identity, name = "anh" })));
    }

    [Fact]
    public async Task What_a_person_stated_before_is_offered_and_the_look_is_noted()
    {
        var dossier = await Receive();
        var known = (await Officer.Post("/api/v1/known-applicants", new { identityNumber = Person.Identity, procedureCode = Licence }))
            .Expect(200)
            .Json;
        Assert.Equal(Person.Address, known.GetProperty("address").GetString());
        Assert.Equal(Text(dossier, "code"), Assert.Single(known.GetProperty("open").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal("known-applicant", await Host.Scalar<string>("SELECT purpose FROM dossiers.access_log"));

        (await Officer.Post("/api/v1/known-applicants", new { identityNumber = "066190000000" })).Expect(404);
        (await Over("centre:66-22015").Post("/api/v1/known-applicants", new { identityNumber = Person.Identity })).Expect(404);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.access_log"));
    }

    [Fact]
    public async Task Dossiers_that_look_alike_are_shown_and_a_person_decides()
    {
        var (first, second, third) = (await Receive(), await Receive(), await Receive("1.002755"));
        var alike = Assert.Single(Items(await Officer.Get(Path(second) + "/duplicates")));
        Assert.Equal(Text(first, "code"), alike.GetProperty("code").GetString());
        Assert.False(alike.TryGetProperty("same", out _));

        var verdict = new
        {
            otherId = Text(first, "id"),
            same = false,
            reason = "Hai xe khác nhau",
        };
        var judged = (await Act(second, "judge-duplicate", verdict)).Expect(200);
        alike = Assert.Single(Items(await Officer.Get(Path(second) + "/duplicates")));
        Assert.False(alike.GetProperty("same").GetBoolean());
        Assert.Equal("Hai xe khác nhau", alike.GetProperty("reason").GetString());
        var last = Items(await Officer.Get(Path(second) + "/timeline"), "entries")
            .Single(e => e.GetProperty("act").GetString() == "duplicateJudged");
        Assert.Equal("different from " + Text(first, "code"), last.GetProperty("detail").GetString());

        (await Act(judged, "judge-duplicate", verdict with { otherId = Text(second, "id") })).Expect(422, "dossiers.same-dossier");
        (await Act(judged, "judge-duplicate", verdict with { otherId = Text(third, "id") })).Expect(422, "dossiers.not-alike");
        (await Act(judged, "judge-duplicate", verdict with { otherId = Guid.CreateVersion7().ToString() })).Expect(
            422,
            "dossiers.not-alike"
        );
    }
}
