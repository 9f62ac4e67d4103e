using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>The rules of an imported row, one by one.</summary>
public sealed class ImportedDossierTests
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["sourceId"] = "igate-77",
        ["code"] = "H15.09-241105-0042",
        ["procedureCode"] = "1.000001",
        ["centreCode"] = "dak-lak",
        ["channel"] = "counter",
        ["applicantName"] = "Lê Văn Tám",
        ["receivedAt"] = "2024-11-05T08:30:00+07:00",
        ["dueAt"] = "2024-11-12T17:00:00+07:00",
    };

    private static (ImportedDossier? Dossier, List<(string Member, string Code)> Faults) Read(params (string Member, string? Value)[] with)
    {
        var cells = ImportColumns.All.Select(c => Good.GetValueOrDefault(c)).ToArray();
        foreach (var (member, value) in with)
            cells[Array.IndexOf(ImportColumns.All, member)] = value;
        return Read(cells);
    }

    private static (ImportedDossier?, List<(string, string)>) Read(string?[] cells, DataScope? scope = null)
    {
        var procedures = new Dictionary<string, Procedure>
        {
            ["1.000001"] = Some.Procedure(Some.Content(new(5, TermUnit.WorkingDay))),
            ["1.000002"] = Some.Procedure(Some.Content() with { AgencyCode = null, Level = AgencyLevel.Commune }),
        };
        List<(string, string)> faults = [];
        var dossier = ImportedDossier.Read(
            cells,
            new(
                procedures,
                new Dictionary<string, AgencyLevel> { ["H15.09"] = AgencyLevel.Vertical, ["H15.101"] = AgencyLevel.Commune },
                new HashSet<string> { "dak-lak" },
                scope ?? DataScope.Province,
                Some.Now
            ),
            (member, code) => faults.Add((member, code))
        );
        Assert.Equal(dossier is null, faults.Count > 0);
        return (dossier, faults);
    }

    [Fact]
    public void A_row_with_what_is_required_is_an_open_dossier_of_the_competent_agency()
    {
        var (dossier, _) = Read();
        Assert.NotNull(dossier);
        Assert.Equal(("H15.09", "road-traffic", 1), (dossier.AgencyCode, dossier.FieldCode, dossier.ProcedureVersion));
        Assert.Equal((Channel.Counter, ApplicantKind.Citizen), (dossier.Channel, dossier.ApplicantKind));
        Assert.Equal((DossierStatus.InProcess, DakLak.At("2024-11-05 08:30")), (dossier.Status, dossier.ReceivedAt));
    }

    [Theory]
    [InlineData("result", DossierStatus.Completed)]
    [InlineData("refusal", DossierStatus.Completed)]
    [InlineData("withdrawal", DossierStatus.Stopped)]
    [InlineData("STOP", DossierStatus.Stopped)]
    internal void The_status_follows_from_the_outcome(string outcome, DossierStatus status) =>
        Assert.Equal(status, Read(("outcome", outcome), ("settledAt", "2024-11-08T10:00:00+07:00")).Dossier!.Status);

    [Fact]
    public void A_returned_dossier_is_returned_whatever_else_is_said() =>
        Assert.Equal(
            DossierStatus.Returned,
            Read(
                ("outcome", "result"),
                ("settledAt", "2024-11-08T10:00:00+07:00"),
                ("returnedAt", "2024-11-08T10:00:00+07:00"),
                ("returnMethod", "post")
            ).Dossier!.Status
        );

    [Theory]
    [InlineData("sourceId", null, "required")]
    [InlineData("sourceId", "   ", "required")]
    [InlineData("sourceId", "101 characters", "too-long")]
    [InlineData("code", null, "required")]
    [InlineData("code", "H15.09/241105/42", "invalid")]
    [InlineData("code", "H15.09-241105-42", "invalid")]
    [InlineData("code", "101 characters", "too-long")]
    [InlineData("procedureCode", null, "required")]
    [InlineData("procedureCode", "9.999999", "unknown-procedure")]
    [InlineData("centreCode", null, "required")]
    [InlineData("centreCode", "66-00000", "unknown-centre")]
    [InlineData("agencyCode", "H99", "unknown-agency")]
    [InlineData("channel", null, "required")]
    [InlineData("channel", "fax", "invalid")]
    [InlineData("channel", "1", "invalid")]
    [InlineData("channel", "+3", "invalid")]
    [InlineData("channel", "-1", "invalid")]
    [InlineData("channel", "counter,online", "invalid")]
    [InlineData("applicantKind", "ghost", "invalid")]
    [InlineData("applicantName", null, "required")]
    [InlineData("applicantName", "201 characters", "too-long")]
    [InlineData("applicantIdentity", "12345", "invalid")]
    [InlineData("applicantIdentity", "06619000123A", "invalid")]
    [InlineData("applicantPhone", "call me", "invalid")]
    [InlineData("receivedAt", null, "required")]
    [InlineData("receivedAt", "2024-11-05", "invalid")]
    [InlineData("receivedAt", "2024-11-05T08:30:00", "invalid")] // no offset
    [InlineData("receivedAt", "05/11/2024 08:30", "invalid")]
    [InlineData("receivedAt", "2024-02-30T08:30:00+07:00", "invalid")]
    [InlineData("receivedAt", "1965-03-01T08:00:00+07:00", "out-of-range")]
    [InlineData("receivedAt", "1999-12-31T23:59:59+07:00", "out-of-range")]
    [InlineData("dueAt", "2024-11-05T08:29:59+07:00", "before-reception")]
    [InlineData("dueAt", "soon", "invalid")]
    [InlineData("outcome", "result", "required", "settledAt")]
    [InlineData("outcome", "lost", "invalid")]
    [InlineData("settledAt", "2024-11-08T10:00:00+07:00", "required", "outcome")]
    [InlineData("returnMethod", "post", "required", "returnedAt")]
    [InlineData("lateCause", "501 characters", "too-long")]
    public void A_fault_is_named_with_its_member(string member, string? value, string code, string? at = null)
    {
        var text = value switch
        {
            "101 characters" => new string('a', 101),
            "201 characters" => new string('a', 201),
            "501 characters" => new string('a', 501),
            _ => value,
        };
        Assert.Equal([(at ?? member, code)], Read((member, text)).Faults);
    }

    [Fact]
    public void Nothing_was_received_in_the_future() =>
        Assert.Equal([("receivedAt", "in-the-future")], Read(("receivedAt", "2026-11-23T09:00:01+07:00"), ("dueAt", null)).Faults);

    [Theory]
    [InlineData("2026-11-23T09:00:01+07:00", "in-the-future")]
    [InlineData("2024-11-05T08:29:59+07:00", "before-reception")]
    public void A_settlement_lies_between_reception_and_now(string at, string code) =>
        Assert.Equal([("settledAt", code)], Read(("outcome", "result"), ("settledAt", at)).Faults);

    [Theory]
    [InlineData("2026-11-23T09:00:01+07:00", "in-the-future")]
    [InlineData("2024-11-08T09:59:59+07:00", "before-settlement")]
    public void A_return_lies_between_settlement_and_now(string at, string code) =>
        Assert.Equal(
            [("returnedAt", code)],
            Read(("outcome", "result"), ("settledAt", "2024-11-08T10:00:00+07:00"), ("returnedAt", at), ("returnMethod", "post")).Faults
        );

    [Fact]
    public void A_return_needs_a_settlement() =>
        Assert.Contains(("settledAt", "required"), Read(("returnedAt", "2024-11-08T10:00:00+07:00"), ("returnMethod", "counter")).Faults);

    [Fact]
    public void Every_fault_of_a_row_is_named() =>
        Assert.Equal(
            ["applicantName", "applicantPhone", "channel", "dueAt", "procedureCode"],
            Read(("applicantName", ""), ("applicantPhone", "x"), ("channel", "x"), ("dueAt", "x"), ("procedureCode", "x"))
                .Faults.Select(f => f.Member)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_procedure_of_the_communes_needs_its_commune()
    {
        Assert.Equal([("agencyCode", "required")], Read(("procedureCode", "1.000002")).Faults);
        Assert.Equal("H15.101", Read(("procedureCode", "1.000002"), ("agencyCode", "H15.101")).Dossier!.AgencyCode);
    }

    [Theory]
    [InlineData("000.00.09.H15-200113-0042")] // Circular 01/2018
    [InlineData("H15-241105-000042")]
    [InlineData("H15.101.02-241105-0042")]
    public void Codes_of_both_circulars_are_taken(string code) => Assert.Equal(code, Read(("code", code)).Dossier!.Code);

    [Fact]
    public void Values_are_trimmed_and_names_kept_in_one_normal_form() =>
        Assert.Equal(
            "Lê Văn Tám",
            Read(("applicantName", "  Lê Văn Tám  ".Normalize(System.Text.NormalizationForm.FormD))).Dossier!.ApplicantName
        );

    [Fact]
    public void A_dossier_older_than_the_catalogue_belongs_to_the_first_version() =>
        Assert.Equal(1, Read(("receivedAt", "2019-05-06T08:00:00+07:00")).Dossier!.ProcedureVersion);

    [Theory]
    [InlineData(DataScopeKind.Province, "", true)]
    [InlineData(DataScopeKind.Centre, "dak-lak", true)]
    [InlineData(DataScopeKind.Centre, "66-22015", false)]
    [InlineData(DataScopeKind.Agency, "H15.09", true)]
    [InlineData(DataScopeKind.Agency, "H15.101", false)]
    [InlineData(DataScopeKind.Own, "somebody", false)]
    public void Nobody_imports_outside_their_data(DataScopeKind kind, string code, bool taken)
    {
        var (dossier, faults) = Read([.. ImportColumns.All.Select(c => Good.GetValueOrDefault(c))], new(kind, code));
        Assert.Equal(taken, dossier is not null);
        Assert.Equal(taken ? [] : [("centreCode", "outside-scope")], faults);
    }

    [Theory]
    [InlineData("control-character")]
    [InlineData("too-long")]
    public void A_row_that_could_not_be_read_says_why(string reason) => Assert.Equal([("row", reason)], Read([reason]).Item2);

    [Fact]
    public void A_row_of_another_width_is_malformed() => Assert.Equal([("row", "malformed-row")], Read(["a", "b"]).Item2);
}
