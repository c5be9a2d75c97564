using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.UnitTests.Http;

/// <summary>A server that sends bytes as they are, one reply a connection: for replies that no proper server would send.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, byte[]> _answer;
    private readonly Task _serving;

    /// <param name="answer">Gives the reply to a request's head, byte by byte.</param>
    internal RawServer(Func<string, byte[]> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The heads of the requests that came.</summary>
    internal ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>A reply with its head.</summary>
    internal static byte[] Reply(string status, string body = "", params string[] headers)
    {
        List<string> lines = [$"HTTP/1.1 {status}", $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", "Connection: close", .. headers];
        return Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n" + body);
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
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                _ = Task.Run(() => AnswerAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using (client)
        {
            try
            {
                byte[] buffer = new byte[64 * 1024];
                int length = 0;
                string head;
                do
                {
                    int read = await client.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    length += read;
                    head = Encoding.UTF8.GetString(buffer, 0, length);
                }
                while (!head.Contains("\r\n\r\n", StringComparison.Ordinal));

                Requests.Enqueue(head);
                await client.SendAsync(_answer(head), _stop.Token);
                client.Shutdown(SocketShutdown.Send);

                // Until the client hangs up, so that it reads all that was sent.
                while (await client.ReceiveAsync(buffer.AsMemory(), _stop.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The client hung up first, or the test is over.
            }
        }
    }
}
