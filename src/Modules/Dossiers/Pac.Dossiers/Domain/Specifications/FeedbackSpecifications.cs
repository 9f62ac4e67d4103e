using System.Linq.Expressions;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

/// <summary>Within the data that a caller may see: a centre sees what concerns it, an agency what it has in hand.</summary>
internal sealed class FeedbackVisibleIn(DataScope scope) : Specification<Feedback>
{
    protected override Expression<Func<Feedback, bool>> Build()
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Province => f => true,
            DataScopeKind.Centre => f => f.CentreCode == code,
            DataScopeKind.Agency => f => f.AgencyCode == code,
            _ => f => false,
        };
    }
}

internal sealed class FeedbackWithId(FeedbackId id) : Specification<Feedback>
{
    protected override Expression<Func<Feedback, bool>> Build() => f => f.Id == id;
}

/// <summary>Within the data that a caller may see; as for the dossiers that were rated.</summary>
internal sealed class RatingVisibleIn(DataScope scope) : Specification<Rating>
{
    protected override Expression<Func<Rating, bool>> Build()
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Province => r => true,
            DataScopeKind.Centre => r => r.CentreCode == code,
            DataScopeKind.Agency => r => r.AgencyCode == code,
            _ => r => false,
        };
    }
}

internal sealed class TemplateWithId(NotificationTemplateId id) : Specification<NotificationTemplate>
{
    protected override Expression<Func<NotificationTemplate, bool>> Build() => t => t.Id == id;
}

/// <summary>A hold on a dossier that has not ended.</summary>
internal sealed class HoldOn(DossierId dossier) : Specification<LegalHold>
{
    protected override Expression<Func<LegalHold, bool>> Build() => h => h.DossierId == dossier && h.EndedAt == null;
}
