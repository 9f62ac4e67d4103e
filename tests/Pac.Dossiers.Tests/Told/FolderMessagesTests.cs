using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Notifications;

namespace Pac.Dossiers.Tests.Told;

/// <summary>In development messages are files; they read as they would on a telephone.</summary>
public sealed class FolderMessagesTests
{
    [Fact]
    public async Task A_short_message_in_the_folder_carries_the_way_out_of_it()
    {
        const string link = "http://localhost/track/H15.09-261126-0001/messages?key=k";
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var sender = new FolderMessages(NotificationChannel.Sms, folder.FullName, TimeProvider.System);
            var message = new Outgoing(
                Guid.CreateVersion7(),
                "0905000123",
                "",
                null,
                "Ho so da duoc tiep nhan",
                null,
                new Dictionary<string, string>(),
                link
            );
            await sender.Send(message, TestContext.Current.CancellationToken);
            var file = Assert.Single(folder.GetFiles("*.sms.txt"));
            Assert.Contains(
                link,
                await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
