using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Pac.Testing;

/// <summary>Stands between the host and the database and can be closed: connections are cut and new ones refused.</summary>
public sealed class Gateway : IDisposable
{
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private readonly string _host;
    private readonly int _target;
    private readonly int _port;
    private TcpListener? _listener;

    private Gateway(string host, int target)
    {
        (_host, _target) = (host, target);
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        _port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static (Gateway, string ConnectionString) Before(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        var gateway = new Gateway(builder.Host!, builder.Port);
        gateway.Open();
        (builder.Host, builder.Port) = ("127.0.0.1", gateway._port);
        return (gateway, builder.ConnectionString);
    }

    public void Open()
    {
        _listener = new(IPAddress.Loopback, _port);
        _listener.Start();
        _ = Accept(_listener);
    }

    public void Close()
    {
        _listener?.Stop();
        while (_connections.TryTake(out var connection))
            connection.Dispose();
    }

    public void Dispose() => Close();

    private async Task Accept(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                _connections.Add(near);
                _connections.Add(far);
                _ = Carry(near, far);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private async Task Carry(TcpClient near, TcpClient far)
    {
        try
        {
            await far.ConnectAsync(_host, _target);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        near.Dispose();
        far.Dispose();
    }
}
