using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>A version that is being worked on (dự thảo). Nobody receives by it; publishing turns it into a version, and it is gone.</summary>
internal sealed class ProcedureDraft : AggregateRoot
{
    private ProcedureDraft() { }

    public ProcedureDraftId Id { get; private set; }

    /// <summary>Code of the procedure, which need not exist yet. One draft for each at a time.</summary>
    public string Code { get; private set; } = "";

    public string FieldCode { get; private set; } = "";

    /// <summary>The version it was begun from; null for a new procedure.</summary>
    public int? BasedOn { get; private set; }

    public ProcedureContent Content { get; private set; } = null!;

    public string ChangedBy { get; private set; } = "";

    public DateTimeOffset ChangedAt { get; private set; }

    public static ProcedureDraft Start(string code, string fieldCode, int? basedOn, ProcedureContent content, string by, DateTimeOffset now)
    {
        var draft = new ProcedureDraft
        {
            Id = new(Guid.CreateVersion7(now)),
            Code = code,
            FieldCode = fieldCode,
            BasedOn = basedOn,
        };
        draft.Change(content, by, now);
        return draft;
    }

    public void Change(ProcedureContent content, string by, DateTimeOffset now)
    {
        (Content, ChangedBy, ChangedAt) = (content, by, now);
        Touch();
    }
}

internal sealed class DraftOfProcedure(string code) : Specification<ProcedureDraft>
{
    protected override Expression<Func<ProcedureDraft, bool>> Build() => d => d.Code == code;
}
