using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>Nothing is looked through, and every document says so.</summary>
internal sealed class NoScan : IVirusScan
{
    public Task<ScanVerdict> Scan(Stream content, CancellationToken ct) => Task.FromResult(new ScanVerdict(VirusCheck.NotScanned, null));
}

/// <summary>Asks ClamAV's daemon by its command INSTREAM (clamd(8)): chunks with their length in front, an empty one at the end, one line as answer.</summary>
/// <param name="address">Where it listens: <c>tcp://host:port</c> or <c>unix:/path</c>.</param>
/// <param name="patience">How long a whole scan may take.</param>
/// <param name="logger">Says what failed.</param>
internal sealed class ClamdScan(string address, TimeSpan patience, ILogger logger) : IVirusScan
{
    private const int ChunkSize = 64 * 1024;
    private const int LongestAnswer = 1000;
    private const string Clean = "stream: OK";
    private const string Start = "stream: ";
    private const string Found = " FOUND";

    public async Task<ScanVerdict> Scan(Stream content, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        string answer;
        try
        {
            using var socket = await Connect(limit.Token);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            answer = await Ask(stream, content, limit.Token);
        }
        catch (Exception e)
            when (e is SocketException or IOException or UriFormatException
                || e is OperationCanceledException && !ct.IsCancellationRequested
            )
        {
            Log.ScanFailed(logger, e.GetType().Name);
            throw new BusinessRuleException(FileErrors.ScannerAway);
        }
        if (answer == Clean)
            return new(VirusCheck.Clean, null);
        if (
            answer.StartsWith(Start, StringComparison.Ordinal)
            && answer.EndsWith(Found, StringComparison.Ordinal)
            && answer.Length > Start.Length + Found.Length
        )
            return new(VirusCheck.Clean, answer[Start.Length..^Found.Length]);
        // An error, a limit of the daemon, or no clamd at all: whatever it is, it is no word that the file is clean.
        Log.ScanFailed(logger, "answer");
        throw new BusinessRuleException(FileErrors.ScannerAway);
    }

    private async Task<Socket> Connect(CancellationToken ct)
    {
        var isUnix = address.StartsWith("unix:", StringComparison.Ordinal);
        var socket = isUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (isUnix)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address["unix:".Length..]), ct);
            else
                await socket.ConnectAsync(new Uri(address).Host, new Uri(address).Port, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> Ask(NetworkStream stream, Stream content, CancellationToken ct)
    {
        try
        {
            await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
            var chunk = new byte[4 + ChunkSize];
            int read;
            do
            {
                read = await content.ReadAsync(chunk.AsMemory(4), ct);
                BinaryPrimitives.WriteInt32BigEndian(chunk, read);
                await stream.WriteAsync(chunk.AsMemory(0, 4 + read), ct);
            } while (read > 0);
        }
        catch (IOException e) when (e.InnerException is SocketException)
        {
            // It may answer and close before it has everything, as when a limit is reached.
        }
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && !answer.AsSpan(0, length).Contains((byte)0))
        {
            var got = await stream.ReadAsync(answer.AsMemory(length), ct);
            if (got == 0)
                break;
            length += got;
        }
        // An answer that was cut off does not count.
        var end = answer.AsSpan(0, length).IndexOf((byte)0);
        return end < 0 ? "" : Encoding.ASCII.GetString(answer, 0, end);
    }
}
