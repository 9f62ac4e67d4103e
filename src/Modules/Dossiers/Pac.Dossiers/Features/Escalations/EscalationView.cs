using System.Linq.Expressions;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Escalations;

/// <summary>That somebody was told of a term.</summary>
/// <param name="Id">Identifier of the escalation.</param>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="DossierCode">Code of the dossier.</param>
/// <param name="Term">Which term it is about; <c>press</c> when somebody pressed for the dossier.</param>
/// <param name="Level">How urgent, from 1.</param>
/// <param name="Round">Which repetition it is, from 1; 0 for what comes once.</param>
/// <param name="TermDueAt">When the term ends.</param>
/// <param name="Recipient">Subject of who was told; left out when there was nobody to tell.</param>
/// <param name="RaisedBy">Subject of who pressed; <c>system</c> for what follows from a rule.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="Message">What whoever pressed had to say.</param>
/// <param name="SeenAt">When the recipient saw it.</param>
/// <param name="AcknowledgedAt">When the recipient answered.</param>
/// <param name="Answer">What the recipient answered.</param>
/// <param name="WithdrawnAt">When it was taken back because the term had moved or ended.</param>
internal sealed record EscalationView(
    Guid Id,
    Guid DossierId,
    string DossierCode,
    WatchedTermKind Term,
    int Level,
    int Round,
    DateTimeOffset TermDueAt,
    string? Recipient,
    string RaisedBy,
    DateTimeOffset RaisedAt,
    string? Message,
    DateTimeOffset? SeenAt,
    DateTimeOffset? AcknowledgedAt,
    string? Answer,
    DateTimeOffset? WithdrawnAt
)
{
    public static readonly Expression<Func<Escalation, EscalationView>> Row = e => new EscalationView(
        e.Id.Value,
        e.DossierId.Value,
        e.DossierCode,
        e.Term,
        e.Level,
        e.Round,
        e.TermDueAt,
        e.Recipient == "" ? null : e.Recipient,
        e.RaisedBy,
        e.RaisedAt,
        e.Message,
        e.SeenAt,
        e.AcknowledgedAt,
        e.Answer,
        e.WithdrawnAt
    );

    private static readonly Func<Escalation, EscalationView> Compiled = Row.Compile();

    public static EscalationView Of(Escalation escalation) => Compiled(escalation);
}
