using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FileVersions.Emulator.Http;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace FileVersions.Emulator.Faults;

/// <summary>The socket of a request, for replies that a correct server would not send.</summary>
internal sealed class RawConnection(HttpContext context)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    private readonly Socket _socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    /// <summary>Formats the head of a reply. It announces that the connection closes, because the fault determines how it ends.</summary>
    internal static byte[] Head(int status, string? contentType, long length, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Emulated\r\nContent-Length: {length}\r\nConnection: close\r\n");
        if (contentType is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\n");
        }

        foreach ((string name, string value) in headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    internal async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            try
            {
                bytes = bytes[await _socket.SendAsync(bytes, context.RequestAborted)..];
            }
            catch (SocketException e)
            {
                throw new IOException(e.Message, e);
            }
        }
    }

    internal async Task SendAsync(Body body, long count)
    {
        byte[] buffer = new byte[(int)Math.Min(64 * 1024, count)];
        for (long offset = 0; offset < count;)
        {
            int length = (int)Math.Min(buffer.Length, count - offset);
            body.Read(offset, buffer.AsSpan(0, length));
            await SendAsync(buffer.AsMemory(0, length));
            offset += length;
        }
    }

    /// <summary>Ends the connection.</summary>
    /// <param name="reset">Whether to send a reset.</param>
    internal async Task EndAsync(bool reset)
    {
        if (reset)
        {
            _socket.LingerState = new LingerOption(true, 0);
        }
        else
        {
            _socket.Shutdown(SocketShutdown.Send);
            await WaitForClientAsync();
        }

        context.Abort();
    }

    /// <summary>Gives the client time to read the reply and to close the connection.</summary>
    private async Task WaitForClientAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(s_timeout);
        await Task.Delay(Timeout.Infinite, timeout.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
