using System.Text.Json;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Webhooks;

/// <summary>What subscribers read. Members are added, never renamed; no personal data.</summary>
/// <param name="Type">Type of the event.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">What it is about.</param>
internal sealed record WebhookPayload(string Type, string Timestamp, object Data)
{
    /// <summary>The body for an event; the same at every try.</summary>
    public static byte[] Of(WebhookDelivery delivery, RecordedEvent? e) =>
        JsonSerializer.SerializeToUtf8Bytes(
            e is null
                ? new(delivery.Type, Written(delivery.CreatedAt), new TestData(delivery.SubscriptionId.Value))
                : new WebhookPayload(
                    delivery.Type,
                    Written(e.OccurredAt),
                    new DossierData(
                        e.DossierId.Value,
                        e.Code,
                        e.ProcedureCode,
                        e.CentreCode,
                        e.AgencyCode,
                        JsonNamingPolicy.CamelCase.ConvertName(e.Status.ToString()),
                        (int)e.Status,
                        e.DueAt is { } due ? Written(due) : null,
                        Written(e.OccurredAt),
                        e.Revision
                    )
                ),
            Persistence.Stored.Options
        );

    private static string Written(DateTimeOffset at) =>
        at.ToLocal().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record DossierData(
        Guid Id,
        string Code,
        string ProcedureCode,
        string CentreCode,
        string AgencyCode,
        string Status,
        int NationalStatus,
        string? DueAt,
        string OccurredAt,
        int Revision
    );

    private sealed record TestData(Guid SubscriptionId);
}
