using Pac.SharedKernel;

namespace Pac.Dossiers.Contracts;

/// <summary>A dossier (hồ sơ) was received and its legal clock began.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Revision">How many acts the dossier had seen; older facts are ignored.</param>
/// <param name="Code">Dossier code shown to people.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="CentreCode">Centre that received it.</param>
/// <param name="CounterId">Counter at which it was received; null for online and post.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="DueAt">When the result is promised; null when the procedure has no due date.</param>
[EventName("dossiers.dossier-received.v1")]
public sealed record DossierReceived(
    Guid DossierId,
    int Revision,
    string Code,
    string ProcedureCode,
    string CentreCode,
    Guid? CounterId,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt
) : IIntegrationEvent;
