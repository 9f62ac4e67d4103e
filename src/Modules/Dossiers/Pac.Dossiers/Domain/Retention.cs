using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal readonly record struct RetentionRuleId(Guid Value) : IStrongId<RetentionRuleId>
{
    public static RetentionRuleId From(Guid value) => new(value);
}

internal readonly record struct LegalHoldId(Guid Value) : IStrongId<LegalHoldId>
{
    public static LegalHoldId From(Guid value) => new(value);
}

/// <summary>
/// For how long personal data of a dossier are kept after it is closed (thời hạn lưu trữ; Law on Archives 33/2024, Law 91/2025 on personal
/// data), for a procedure, a field or all others, for what is closed from a day on.
/// </summary>
internal sealed class RetentionRule : AggregateRoot
{
    private RetentionRule() { }

    public RetentionRuleId Id { get; private set; }

    public string? ProcedureCode { get; private set; }

    public string? FieldCode { get; private set; }

    /// <summary>Years after closing; null for what is kept for ever.</summary>
    public int? Years { get; private set; }

    /// <summary>Whether the files stay when the personal data are erased, because the archive keeps them longer.</summary>
    public bool KeepsFiles { get; private set; }

    public DateOnly EffectiveFrom { get; private set; }

    public string Source { get; private set; } = "";

    public bool ToBeConfirmed { get; private set; }

    public static RetentionRule Of(
        string? procedureCode,
        string? fieldCode,
        int? years,
        bool keepsFiles,
        DateOnly effectiveFrom,
        string source,
        bool toBeConfirmed,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = new(Guid.CreateVersion7(now)),
            ProcedureCode = procedureCode,
            FieldCode = fieldCode,
            Years = years,
            KeepsFiles = keepsFiles,
            EffectiveFrom = effectiveFrom,
            Source = source,
            ToBeConfirmed = toBeConfirmed,
        };
}

/// <summary>When a dossier was closed, by which rule it is kept, and until when. Written by statement only.</summary>
internal sealed class RetentionEntry
{
    private RetentionEntry() { }

    public DossierId DossierId { get; private set; }

    /// <summary>The day on which the result was returned, or the work ended without one.</summary>
    public DateOnly ClosedOn { get; private set; }

    public RetentionRuleId RuleId { get; private set; }

    /// <summary>First day on which the personal data are to be erased; null for what is kept for ever.</summary>
    public DateOnly? EraseOn { get; private set; }

    public DateTimeOffset? ErasedAt { get; private set; }
}

/// <summary>Why a dossier is kept whatever its rule says, as while a court needs it.</summary>
internal sealed class LegalHold : AggregateRoot
{
    private LegalHold() { }

    public LegalHoldId Id { get; private set; }

    public DossierId DossierId { get; private set; }

    public string Reason { get; private set; } = "";

    public string SetBy { get; private set; } = "";

    public DateTimeOffset SetAt { get; private set; }

    public string? EndedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public static LegalHold Set(Dossier dossier, string reason, string by, DateTimeOffset now)
    {
        if (dossier.ErasedAt is not null)
            throw new BusinessRuleException(RetentionErrors.AlreadyErased);
        return new()
        {
            Id = new(Guid.CreateVersion7(now)),
            DossierId = dossier.Id,
            Reason = reason,
            SetBy = by,
            SetAt = now,
        };
    }

    public void End(string by, DateTimeOffset now)
    {
        (EndedBy, EndedAt) = (by, now);
        Touch();
    }
}

internal static class RetentionErrors
{
    public static readonly Error AlreadyErased = new(
        "dossiers.retention-already-erased",
        ErrorKind.WrongState,
        "Dữ liệu cá nhân của hồ sơ đã được xóa.",
        "The personal data of the dossier were erased already."
    );

    public static readonly Error AlreadyHeld = new(
        "dossiers.retention-already-held",
        ErrorKind.WrongState,
        "Hồ sơ đã được giữ lại theo yêu cầu pháp lý.",
        "The dossier is under a legal hold already."
    );

    public static readonly Error NotHeld = new(
        "dossiers.retention-not-held",
        ErrorKind.WrongState,
        "Hồ sơ không bị giữ lại.",
        "The dossier is under no legal hold."
    );

    public static readonly Error NotLater = new(
        "dossiers.retention-rule-not-later",
        ErrorKind.RuleBroken,
        "Quy tắc mới phải có hiệu lực sau quy tắc gần nhất cho cùng đối tượng.",
        "A new rule has to take effect after the last one for the same procedure or field."
    );

    public static readonly Error OneReach = new(
        "dossiers.retention-one-reach",
        ErrorKind.RuleBroken,
        "Nêu một thủ tục hoặc một lĩnh vực, không nêu cả hai.",
        "Name a procedure or a field, not both."
    );

    public static readonly Error UnknownReach = new(
        "dossiers.retention-reach-unknown",
        ErrorKind.RuleBroken,
        "Không có thủ tục hoặc lĩnh vực mang mã này.",
        "There is no procedure or field with this code."
    );

    public static readonly Error NoReport = new(
        "dossiers.retention-report-missing",
        ErrorKind.RuleBroken,
        "Cần một báo cáo xóa thử đã hoàn thành trong vòng 7 ngày trước khi xóa.",
        "A finished report of what would be erased, not older than 7 days, has to come first."
    );
}

/// <summary>The rules and holds as acts need them.</summary>
internal interface IRetention
{
    /// <summary>From when the newest rule for a procedure, a field or all others is in force.</summary>
    Task<DateOnly?> LastRule(string? procedureCode, string? fieldCode, CancellationToken ct);
}
