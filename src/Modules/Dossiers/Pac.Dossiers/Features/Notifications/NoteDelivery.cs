using FluentValidation;
using MediatR;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>Notes what a gateway tells of a message that it took; what it tells of others is taken and forgotten.</summary>
/// <param name="Channel">On which channel.</param>
/// <param name="Told">What it tells; checked before.</param>
internal sealed record NoteDelivery(NotificationChannel Channel, DeliveryTold Told) : ICommand<Unit>;

internal sealed class NoteDeliveryValidator : AbstractValidator<NoteDelivery>
{
    public NoteDeliveryValidator() => RuleFor(c => c.Told.Receipt).MaximumLength(100);
}

internal sealed class NoteDeliveryHandler(INotificationQueue queue) : IRequestHandler<NoteDelivery, Unit>
{
    public async Task<Unit> Handle(NoteDelivery request, CancellationToken ct)
    {
        await queue.Save(request.Channel, request.Told, ct);
        return Unit.Value;
    }
}
