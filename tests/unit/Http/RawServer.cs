using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FileVersions.UnitTests.Http;

/// <summary>A server that sends arbitrary bytes, one response per connection, such as malformed responses.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, byte[]> _answer;
    private readonly Task _serving;

    /// <param name="answer">Returns the bytes of the response to a request.</param>
    internal RawServer(Func<string, byte[]> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The request lines and headers of all requests.</summary>
    internal ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Creates a response.</summary>
    internal static byte[] Reply(string status, string body = "", params string[] headers) =>
        Reply(status, Encoding.UTF8.GetBytes(body), headers);

    /// <summary>Creates a response.</summary>
    internal static byte[] Reply(string status, byte[] body, params string[] headers)
    {
        List<string> lines = [$"HTTP/1.1 {status}", $"Content-Length: {body.Length}", "Connection: close", .. headers];
        return [.. Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. body];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                _ = Task.Run(() => AnswerAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped: the test has ended.
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using (client)
        using (var stream = new NetworkStream(client))
        {
            try
            {
                byte[] buffer = new byte[64 * 1024];
                int length = 0;
                string head;
                do
                {
                    int read = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    length += read;
                    head = Encoding.UTF8.GetString(buffer, 0, length);
                }
                while (!head.Contains("\r\n\r\n", StringComparison.Ordinal));

                Requests.Enqueue(head);
                await stream.WriteAsync(_answer(head), _stop.Token);
                client.Shutdown(SocketShutdown.Send);

                // Wait until the client closes the connection, so that it reads everything.
                while (await stream.ReadAsync(buffer.AsMemory(), _stop.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client closed the connection first, or the test has ended.
            }
        }
    }
}
