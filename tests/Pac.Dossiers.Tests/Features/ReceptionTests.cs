using Pac.Dossiers.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>What a counter receives, and what it is told when it cannot.</summary>
public sealed class ReceptionTests(DossiersHost fixture) : DossierTests(fixture)
{
    private Task<Reply> Post(object reception, params (string, string)[] headers) => Officer.Post("/api/v1/dossiers", reception, headers);

    private async Task<Reply> PostWith(string member, object? value)
    {
        var reception = Reception();
        reception[member] = value;
        return await Post(reception);
    }

    private Task<long> Count(string table) => Host.Scalar<long>($"SELECT count(*) FROM dossiers.{table}");

    [Fact]
    public async Task A_received_dossier_has_a_code_a_clock_and_a_promise()
    {
        var reply = await Receive();

        Assert.Equal(Path(reply), reply.Location);
        var dossier = reply.Json;
        Assert.Equal("H15.09-261123-0001", Text(reply, "code"));
        Assert.Equal(("received", 2), (Text(reply, "status"), dossier.GetProperty("nationalStatus").GetInt32()));
        Assert.Equal((Police, "road-traffic", "counter"), (Text(reply, "agencyCode"), Text(reply, "fieldCode"), Text(reply, "channel")));
        Assert.Equal("2026-12-01T17:00:00+07:00", Text(reply, "dueAt"));
        Assert.Equal((1, 1), (dossier.GetProperty("procedureVersion").GetInt32(), dossier.GetProperty("currentStep").GetInt32()));
        var clock = dossier.GetProperty("clock");
        Assert.Equal(("dak-lak", 1), (clock.GetProperty("calendarCode").GetString(), clock.GetProperty("calendarVersion").GetInt32()));
        Assert.Equal(
            (5, "workingDay"),
            (clock.GetProperty("term").GetProperty("value").GetInt32(), clock.GetProperty("term").GetProperty("unit").GetString())
        );
        Assert.Equal("running", Assert.Single(clock.GetProperty("segments").EnumerateArray()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Reception_is_told_to_the_other_modules_without_personal_data()
    {
        var reception = Reception();
        reception["counterId"] = "0195f3a0-0000-7000-8000-000000000001";
        var reply = (await Post(reception)).Expect(201);

        var fact = Assert.Single(await Host.Facts<DossierReceived>());
        Assert.Equal(Text(reply, "id"), fact.DossierId.ToString());
        Assert.Equal(
            ("H15.09-261123-0001", Licence, Facilities.Centre, 1),
            (fact.Code, fact.ProcedureCode, fact.CentreCode, fact.Revision)
        );
        Assert.Equal(new Guid("0195f3a0-0000-7000-8000-000000000001"), fact.CounterId);
        Assert.Equal((TestClock.Start, DakLak.At("2026-12-01 17:00")), (fact.ReceivedAt, fact.DueAt!.Value));
        var payload = await Host.Scalar<string>("SELECT payload::text FROM dossiers.outbox");
        Assert.All(Person.Values, v => Assert.DoesNotContain(v, payload, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serial_numbers_count_by_agency_and_day()
    {
        var codes = new List<string>
        {
            Text(await Receive(), "code"),
            Text(await Receive(), "code"),
            Text(await Receive(Origin), "code"),
            Text(await Receive(Birth, Facilities.Ward, WardCommittee), "code"),
        };
        Host.Clock.Now = DakLak.At("2026-11-25 07:00");
        codes.Add(Text(await Receive(centre: Facilities.Ward), "code"));

        Assert.Equal(
            ["H15.09-261123-0001", "H15.09-261123-0002", "H15.05-261123-0001", "H15.101-261123-0001", "H15.09-261125-0001"],
            codes
        );
    }

    [Fact]
    public async Task A_refused_reception_leaves_no_gap_in_the_numbers()
    {
        await Receive();
        (await PostWith("documents", Papers("form"))).Expect(422, "dossiers.components-missing");
        (await PostWith("centreCode", "66-00000")).Expect(422, "dossiers.unknown-centre");
        Assert.Equal("H15.09-261123-0002", Text(await Receive(), "code"));
    }

    [Fact]
    public async Task The_same_request_sent_again_gives_the_same_dossier()
    {
        var key = ("Idempotency-Key", "counter-3-0001");
        var first = (await Post(Reception(), key)).Expect(201);
        var again = (await Post(Reception(), key)).Expect(201);

        Assert.Equal((first.Text, first.ETag, first.Location), (again.Text, again.ETag, again.Location));
        Assert.Equal(1, await Count("dossiers"));
        Assert.Equal("H15.09-261123-0002", Text(await Receive(), "code"));
        (await Post(Reception(Origin), key)).Expect(422, "request.key-reused");
    }

    [Fact]
    public async Task Ten_repetitions_at_once_make_one_dossier()
    {
        var key = ("Idempotency-Key", "counter-3-0002");
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Post(Reception(), key)));

        Assert.All(replies, r => Assert.True(r.Status is 201 || r.Code == "request.still-running", r.ToString()));
        Assert.Single(replies.Where(r => r.Status == 201).Select(r => r.Location).Distinct());
        Assert.Equal(1, await Count("dossiers"));
    }

    [Fact]
    public async Task Required_components_that_are_missing_are_named()
    {
        var reply = (await PostWith("documents", Papers("form"))).Expect(422, "dossiers.components-missing");
        Assert.Equal([("/documents", "dossiers.components-missing")], Faults(reply));
        Assert.Contains("licence", Text(reply, "detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("health", Text(reply, "detail"), StringComparison.Ordinal); // it comes from shared data
        (await PostWith("documents", Array.Empty<object>())).Expect(422, "dossiers.components-missing");
    }

    [Fact]
    public async Task Components_outside_the_list_or_given_twice_are_refused_at_their_place()
    {
        var unknown = (await PostWith("documents", Papers("form", "licence", "birth"))).Expect(422, "dossiers.component-unknown");
        Assert.Equal([("/documents/2/code", "dossiers.component-unknown")], Faults(unknown));
        var twice = (await PostWith("documents", Papers("form", "licence", "form"))).Expect(422, "dossiers.component-twice");
        Assert.Equal([("/documents/2/code", "dossiers.component-twice")], Faults(twice));
    }

    [Theory]
    [InlineData("centreCode", "66-00000", "dossiers.unknown-centre")]
    [InlineData("procedureCode", "9.999999", "dossiers.unknown-procedure")]
    [InlineData("agencyCode", "H15.05", "dossiers.unknown-agency")] // competent for something else
    [InlineData("channel", "online", "dossiers.channel-closed")]
    public async Task A_reception_that_cannot_be_is_refused_with_the_member_at_fault(string member, string value, string code)
    {
        var reply = (await PostWith(member, value)).Expect(422, code);
        Assert.Equal([("/" + member, code)], Faults(reply));
        Assert.Equal(0, await Count("dossiers"));
        Assert.Equal(0, await Count("summaries"));
    }

    [Fact]
    public async Task A_procedure_of_the_communes_needs_a_commune()
    {
        var reception = Reception(Birth);
        (await Post(reception)).Expect(422, "dossiers.agency-missing");
        reception["agencyCode"] = Police;
        (await Post(reception)).Expect(422, "dossiers.unknown-agency");
        reception["agencyCode"] = "H99";
        (await Post(reception)).Expect(422, "dossiers.unknown-agency");
        reception["agencyCode"] = WardCommittee;
        Assert.Equal(WardCommittee, Text((await Post(reception)).Expect(201), "agencyCode"));
    }

    [Fact]
    public async Task A_same_day_procedure_received_after_the_cut_off_is_due_on_the_next_working_day()
    {
        Host.Clock.Now = DakLak.At("2026-11-23 15:00");
        Assert.Equal("2026-11-23T17:00:00+07:00", Text(await Receive(Birth, agency: WardCommittee), "dueAt"));
        Host.Clock.Now = DakLak.At("2026-11-23 15:01");
        var late = await Receive(Birth, agency: WardCommittee);
        Assert.Equal("2026-11-25T17:00:00+07:00", Text(late, "dueAt"));
        Assert.Equal("15:00", late.Json.GetProperty("clock").GetProperty("sameDayCutOff").GetString());
    }

    [Fact]
    public async Task By_post_the_term_of_the_post_is_promised()
    {
        var reception = Reception(Origin);
        Assert.Equal("2026-11-25T09:00:00+07:00", Text((await Post(reception)).Expect(201), "dueAt"));
        reception["channel"] = "post";
        Assert.Equal("2026-11-27T09:00:00+07:00", Text((await Post(reception)).Expect(201), "dueAt"));
    }

    [Fact]
    public async Task A_name_is_kept_in_one_normal_form()
    {
        var reply = await PostWith("applicant", new { name = "  " + Person.Name.Normalize(System.Text.NormalizationForm.FormD) + " " });
        Assert.Equal(Person.Name, reply.Expect(201).Json.GetProperty("applicant").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"name":""}""", "/applicant/name", "not-empty")]
    [InlineData("""{"name":"a","identityNumber":"123"}""", "/applicant/identityNumber", "regular-expression")]
    [InlineData("""{"name":"a","identityNumber":"06619000123４"}""", "/applicant/identityNumber", "regular-expression")]
    [InlineData("""{"name":"a","phone":"abc"}""", "/applicant/phone", "regular-expression")]
    [InlineData("""{"name":"a","email":"abc"}""", "/applicant/email", "email")]
    public async Task The_shape_of_the_applicant_is_checked(string applicant, string pointer, string code)
    {
        var reply = (await PostWith("applicant", System.Text.Json.JsonSerializer.Deserialize<object>(applicant))).Expect(400, "invalid");
        Assert.Equal([(pointer, code)], Faults(reply));
    }

    [Theory]
    [InlineData("""{"code":""}""", "/documents/0/code")]
    [InlineData("""{"code":"form","quantity":0}""", "/documents/0/quantity")]
    [InlineData("""{"code":"form","quantity":101}""", "/documents/0/quantity")]
    [InlineData("""{"code":"form","pages":0}""", "/documents/0/pages")]
    public async Task The_shape_of_each_component_is_checked(string document, string pointer)
    {
        var documents = new[] { System.Text.Json.JsonSerializer.Deserialize<object>(document) };
        Assert.Equal(pointer, Assert.Single(Faults((await PostWith("documents", documents)).Expect(400, "invalid"))).Pointer);
    }

    [Fact]
    public async Task A_component_that_is_nothing_at_all_is_refused() =>
        Assert.Equal(400, (await PostWith("documents", new object?[] { null })).Status);

    [Theory]
    [InlineData("applicant")]
    [InlineData("documents")]
    [InlineData("centreCode")]
    [InlineData("procedureCode")]
    public async Task What_is_required_may_not_be_left_out_nor_be_null(string member)
    {
        var reception = Reception();
        reception.Remove(member);
        (await Post(reception)).Expect(400, "malformed");
        (
            await Post(
                System.Text.Json.JsonSerializer.Serialize(Reception().ToDictionary(m => m.Key, m => m.Key == member ? null : m.Value))
            )
        ).Expect(400, "malformed");
    }

    [Theory]
    [InlineData('\u0000')]
    [InlineData('\u0007')]
    [InlineData('\uFFFE')] // not a character at all
    [InlineData('\uFFFF')]
    public async Task A_name_with_what_is_no_character_is_refused(char character) =>
        Assert.Equal(400, (await PostWith("applicant", new { name = $"Lê {character} Văn" })).Status);

    [Fact]
    public async Task Nothing_of_the_person_stands_in_the_audit()
    {
        await Settle(await Receive());
        var audit = await Host.Scalar<string>("SELECT coalesce(string_agg(changes::text, ' '), '') FROM dossiers.audit");
        Assert.Contains("Status", audit, StringComparison.Ordinal);
        Assert.All(Person.Values, v => Assert.DoesNotContain(v, audit, StringComparison.Ordinal));
    }
}
