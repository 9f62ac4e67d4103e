using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Files;

/// <summary>How long what is not used is kept.</summary>
/// <param name="Uploads">An upload that nobody goes on with.</param>
/// <param name="Contents">Content that no document refers to any more.</param>
internal sealed record FileRetention(TimeSpan Uploads, TimeSpan Contents);

/// <summary>Chooses store, scanner and limits by the configuration under <c>Files</c>.</summary>
internal static class FileSetup
{
    private const long LargestDirect = 16L * 1024 * 1024;
    private const int ScanSeconds = 300;
    private const int UploadHours = 24;
    private const int ContentHours = 24;

    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration configuration)
    {
        var files = configuration.GetSection("Files");
        services.AddSingleton(
            new FileTypes(
                [
                    .. FileTypes
                        .Known.Select(t => t with { Largest = Number(files, $"Types:{t.Code}:LargestBytes", t.Largest) })
                        .Where(t => t.Largest > 0),
                ],
                Number(files, "LargestDirectBytes", LargestDirect)
            )
        );
        services.AddSingleton(
            new FileRetention(
                TimeSpan.FromHours(Number(files, "UploadsKeptHours", UploadHours)),
                TimeSpan.FromHours(Number(files, "ContentsKeptHours", ContentHours))
            )
        );
        services.AddSingleton(TrustAnchors.Read(files["TrustAnchors"]));
        services.AddSingleton<IFileStore>(sp =>
        {
            var logger = sp.GetRequiredService<ILoggerFactory>().CreateLogger("Pac.Dossiers.Files");
            var s3 = files.GetSection("S3");
            if (s3["Bucket"] is { Length: > 0 } bucket)
                return new S3FileStore(Client(s3), bucket, s3["Prefix"] ?? "", logger);
            var folder =
                files["Folder"] ?? Path.Combine(Repository(sp.GetRequiredService<IHostEnvironment>().ContentRootPath), ".pac", "files");
            return new DiskFileStore(folder, logger);
        });
        services.AddSingleton<IVirusScan>(sp =>
            files["Clamd"] is { Length: > 0 } address
                ? new ClamdScan(
                    address,
                    TimeSpan.FromSeconds(Number(files, "ClamdSeconds", ScanSeconds)),
                    sp.GetRequiredService<ILoggerFactory>().CreateLogger("Pac.Dossiers.Files")
                )
                : new NoScan()
        );
        return services;
    }

    // Stores other than Amazon's know neither checksums at the end of a stream nor buckets in the name of the host.
    private static AmazonS3Client Client(IConfigurationSection s3)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            AuthenticationRegion = s3["Region"] ?? "us-east-1",
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(100),
        };
        if (s3["ServiceUrl"] is { Length: > 0 } url)
            config.ServiceURL = url;
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(s3["Region"] ?? "us-east-1");
        // Without keys in the configuration, the environment or the machine's own role gives them.
        return s3["AccessKey"] is { Length: > 0 } key ? new(new BasicAWSCredentials(key, s3["SecretKey"] ?? ""), config) : new(config);
    }

    private static long Number(IConfiguration section, string name, long standard) =>
        long.TryParse(section[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : standard;

    private static string Repository(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PAC.sln")))
                return folder.FullName;
        return from;
    }
}
