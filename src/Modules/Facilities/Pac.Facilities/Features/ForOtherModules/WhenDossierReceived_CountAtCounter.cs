using MediatR;
using Pac.Dossiers.Contracts;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.ForOtherModules;

/// <summary>Keeps how many dossiers passed over a counter on a day, so that its use can be seen. Applied once per fact by the inbox.</summary>
internal sealed class WhenDossierReceived_CountAtCounter(FacilitiesDbContext db) : INotificationHandler<DossierReceived>
{
    public Task Handle(DossierReceived notification, CancellationToken ct) =>
        notification.CounterId is { } counter
            ? db.CountDossierAt(counter, notification.CentreCode, notification.ReceivedAt.LocalDay(), ct)
            : Task.CompletedTask;
}
