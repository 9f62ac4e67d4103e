using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Pac.BuildingBlocks.Mail;

/// <summary>In development letters become files that any mail program opens.</summary>
/// <param name="configuration">Names the folder.</param>
/// <param name="environment">Where the host runs.</param>
/// <param name="clock">The clock.</param>
public sealed class FolderMail(IConfiguration configuration, IHostEnvironment environment, TimeProvider clock) : IMailSender
{
    /// <summary>Where the files are.</summary>
    public string Folder { get; } = Place(configuration, environment);

    /// <inheritdoc />
    public bool IsConfigured => true;

    /// <summary>The folder of what is sent in development.</summary>
    /// <param name="configuration">Names the folder.</param>
    /// <param name="environment">Where the host runs.</param>
    public static string Place(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        return configuration["Pac:MailFolder"] ?? Path.Combine(Repository(environment.ContentRootPath), ".pac", "mail");
    }

    /// <inheritdoc />
    public async Task Send(Letter letter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var now = clock.GetUtcNow();
        using var message = Envelope.Of(
            letter,
            configuration["Mail:From"] ?? "pac@localhost",
            configuration["Mail:FromName"] ?? "PAC",
            now
        );
        Directory.CreateDirectory(Folder);
        var name = $"{now:yyyyMMdd-HHmmss}-{Guid.CreateVersion7(now):N}";
        var unfinished = Path.Combine(Folder, name + ".part");
        await using (var file = File.Create(unfinished))
            await message.WriteToAsync(file, ct);
        File.Move(unfinished, Path.Combine(Folder, name + ".eml"));
    }

    private static string Repository(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PAC.sln")))
                return folder.FullName;
        return from;
    }
}
