namespace Pac.Dossiers.Domain.Notifications;

/// <summary>The line of notifications.</summary>
internal interface INotificationQueue
{
    /// <summary>A notification about what the caller may see, or null.</summary>
    Task<Notification?> Find(Guid id, CancellationToken ct);

    /// <summary>Notes what a gateway tells of a message; of another one it notes nothing.</summary>
    Task Save(NotificationChannel channel, DeliveryTold told, CancellationToken ct);

    /// <summary>Puts a notification back in line, with all its tries.</summary>
    Task Save(Notification notification, DateTimeOffset now, CancellationToken ct);
}

/// <summary>The templates as their rules need them.</summary>
internal interface INotificationTexts
{
    /// <summary>From when the newest text of a use is in force, or null.</summary>
    Task<DateOnly?> LastOf(TemplateUse use, CancellationToken ct);
}

/// <summary>The secret by which somebody shows that a dossier, or feedback, is his: only its holder was given it.</summary>
internal interface IHolderKeys
{
    /// <summary>The key of a dossier.</summary>
    ValueTask<string> Of(DossierId dossier, CancellationToken ct);

    /// <summary>The key by which the holder of a dossier says how he wants to be told, and nothing else.</summary>
    ValueTask<string> OfMessages(DossierId dossier, CancellationToken ct);

    /// <summary>The key of feedback.</summary>
    ValueTask<string> Of(FeedbackId feedback, CancellationToken ct);

    /// <summary>Whether both are the same, found out in the same time whatever they are.</summary>
    bool Same(string key, string given);
}
