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

    /// <summary>The law as it is seeded.</summary>
    public static LawInForce Law { get; } =
        new([
            Figure(LawInForce.OnlineIntake, 8, TermUnit.WorkingHour),
            Figure(LawInForce.TransferCutOff, 0, null, new TimeOnly(15, 0)),
            Figure(LawInForce.TransferNextDay, 1, TermUnit.WorkingHour),
            Figure(LawInForce.SupplementRequests, 1, null),
            Figure(LawInForce.SupplementAnswer, 15, TermUnit.WorkingDay),
            Figure(LawInForce.Extensions, 1, null),
            Figure(LawInForce.ExtensionNotice, 1, TermUnit.CalendarDay),
            Figure(LawInForce.LinkedLastHour, 1, TermUnit.WorkingHour),
            Figure(LawInForce.CorrectionReturn, 2, TermUnit.WorkingDay),
            Figure(LawInForce.CorrectionTell, 1, TermUnit.WorkingDay),
        ]);

    public static void Transfer(this Dossier dossier, DateTimeOffset? at = null) =>
        dossier.Transfer(Officer, "đủ giấy tờ", DakLak.Calendar, Law, at ?? Now);

    /// <summary>Returns a result once what is awaited for it is paid.</summary>
    public static void Return(this Dossier dossier, ReturnMethod method, string? receiver, string by, DateTimeOffset at)
    {
        if (dossier.Status == DossierStatus.Completed)
            dossier.PayAll(at);
        dossier.Return(new(method, receiver, IdentityCheck.EIdentity, null, "EE123456789VN", true), by, at);
    }

    public static void PayAll(this Dossier dossier, DateTimeOffset at)
    {
        foreach (var awaited in dossier.Payments.Where(p => p.Status == PaymentStatus.Waiting).ToList())
            dossier.ConfirmPayment(awaited.Number, new(PaymentMethod.Cash, "dak-lak", Officer), null, "1", DakLak.Calendar, Law, at);
    }

    /// <summary>Submitted on the national portal.</summary>
    public static Dossier Submitted(ProcedureContent? content = null, DateTimeOffset? at = null, params string[] papers)
    {
        var procedure = Procedure(content ?? Content(new(5, TermUnit.WorkingDay)));
        return Dossier.Submit(
            new("H15.09-261123-0009", "dak-lak", null, "H15.09", Channel.Online),
            "000.00.00.G12-261123-0001",
            at ?? Now,
            procedure,
            procedure.Versions[0],
            Applicant,
            [.. (papers.Length == 0 ? ["form"] : papers).Select(p => new DossierComponent(p, CopyKind.Electronic, 1, null))],
            DakLak.Calendar,
            Law,
            Officer,
            at ?? Now
        );
    }

    private static LegalTerm Figure(string code, decimal value, TermUnit? unit, TimeOnly? time = null) =>
        new(code, value, unit, time, new(2025, 7, 1), code, code, "Nghị định 118/2025/NĐ-CP", false);

    public static void CompleteStep(this Dossier dossier, DateTimeOffset? at = null) =>
        dossier.CompleteStep(Officer, null, DakLak.Calendar, at ?? Now);

    public static Error Refused(Action act) => Assert.Throws<BusinessRuleException>(act).Error;
}
