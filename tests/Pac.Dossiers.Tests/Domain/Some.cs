using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>Things of the domain, ready to use.</summary>
internal static class Some
{
    public const string Officer = "officer-1";

    /// <summary>Monday, 23 November 2026, 9:00; the day after is a holiday.</summary>
    public static readonly DateTimeOffset Now = DakLak.At("2026-11-23 09:00");

    public static readonly Applicant Applicant = Applicant.Of(
        ApplicantKind.Citizen,
        Person.Name,
        new("066*****1234", [1], [1]),
        Person.Phone,
        null,
        null
    );

    public static ProcedureContent Content(Term? term = null, TimeOnly? cutOff = null, params string[] roles) =>
        new(
            "Đổi giấy phép lái xe",
            "Change driving licence",
            AgencyLevel.Vertical,
            "H15.09",
            term is { } t ? [new(null, t)] : [],
            cutOff,
            DuePolicy.EndOfDay,
            135_000,
            OnlineLevel.Full,
            [
                new("form", "Đơn đề nghị", "Application form", true, false),
                new("health", "Giấy khám sức khỏe", "Health certificate", true, true),
                new("photo", "Ảnh", "Photograph", false, false),
            ],
            [.. (roles.Length == 0 ? ["reception", "caseOfficer", "leader"] : roles).Select(r => new WorkflowStep(r, 4))],
            [],
            "test"
        );

    public static Procedure Procedure(ProcedureContent content) =>
        Dossiers.Domain.Procedure.Publish("1.000001", "road-traffic", new(2025, 7, 1), "Quyết định 1", content, Now);

    public static Dossier Received(ProcedureContent? content = null, DateTimeOffset? at = null, string code = "H15.09-261123-0001")
    {
        var procedure = Procedure(content ?? Content(new(5, TermUnit.WorkingDay)));
        return Dossier.Receive(
            new(code, "dak-lak", null, "H15.09", Channel.Counter),
            procedure,
            procedure.Versions[0],
            Applicant,
            [new("form", CopyKind.Original, 1, 2)],
            DakLak.Calendar,
            Officer,
            at ?? Now
        );
    }

    public static Dossier InProcess(ProcedureContent? content = null) => Received(content).Then(d => d.Transfer());

    public static Dossier AtLastStep(ProcedureContent? content = null)
    {
        var dossier = InProcess(content);
        while (dossier.CurrentStep < dossier.Steps.Count)
            dossier.CompleteStep();
        return dossier;
    }

    public static Dossier Completed() => AtLastStep().Then(d => d.Settle(Result, null, Officer, Now));

    public static ResultDocument Result { get; } = new("12/GP", new(2026, 11, 23), "Giám đốc", null);

    public static ResultDocument Refusal { get; } = new("13/TC", new(2026, 11, 23), "Giám đốc", "Không đủ điều kiện");

    public static Dossier Then(this Dossier dossier, Action<Dossier> act)
    {
        act(dossier);
        return dossier;
    }

    public static void Transfer(this Dossier dossier, DateTimeOffset? at = null) =>
        dossier.Transfer(Officer, null, DakLak.Calendar, at ?? Now);

    public static void CompleteStep(this Dossier dossier, DateTimeOffset? at = null) =>
        dossier.CompleteStep(Officer, null, DakLak.Calendar, at ?? Now);

    public static Error Refused(Action act) => Assert.Throws<BusinessRuleException>(act).Error;
}
