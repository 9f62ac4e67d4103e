using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

internal sealed class ConsultationWithId(AgencyConsultationId id) : Specification<AgencyConsultation>
{
    protected override Expression<Func<AgencyConsultation, bool>> Build() => c => c.Id == id;
}

/// <summary>On a dossier, and not taken back.</summary>
internal sealed class AskedAbout(DossierId dossier) : Specification<AgencyConsultation>
{
    protected override Expression<Func<AgencyConsultation, bool>> Build() => c => c.DossierId == dossier && c.WithdrawnAt == null;
}

/// <summary>Not answered, not taken back, and its time not over: whoever does not answer in time is waited for no longer.</summary>
internal sealed class AwaitedFor(DossierId dossier, DateTimeOffset now) : Specification<AgencyConsultation>
{
    protected override Expression<Func<AgencyConsultation, bool>> Build() =>
        c => c.DossierId == dossier && c.AnsweredAt == null && c.WithdrawnAt == null && c.DueAt >= now;
}
