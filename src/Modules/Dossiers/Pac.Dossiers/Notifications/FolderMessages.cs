using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Notifications;

/// <summary>In development messages become files that anybody opens, beside the letters.</summary>
internal sealed class FolderMessages(NotificationChannel channel, string folder, TimeProvider clock) : ISmsSender, IZaloSender
{
    public NotificationChannel Channel => channel;

    public bool IsConfigured => true;

    public async Task<SendOutcome> Send(Outgoing message, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var name = $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{message.Id:N}";
        var unfinished = Path.Combine(folder, name + ".part");
        var text = channel == NotificationChannel.Sms ? message.ShortText : message.Text;
        await File.WriteAllTextAsync(unfinished, $"To: {message.To}\n\n{text}\n", ct);
        // The same message sent again is the same file.
        File.Move(unfinished, Path.Combine(folder, $"{name}.{(channel == NotificationChannel.Sms ? "sms" : "zalo")}.txt"), overwrite: true);
        return new(Receipt: name);
    }
}
