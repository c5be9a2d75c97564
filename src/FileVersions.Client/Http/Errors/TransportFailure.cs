using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using FileVersions.Http.Pipeline;

namespace FileVersions.Http.Errors;

/// <summary>Interprets failures without a complete response.</summary>
internal static class TransportFailure
{
    /// <summary>Converts an exception to an outcome; null if it has nothing to do with the transport. A failure after the timeout counts as a timeout.</summary>
    internal static AttemptOutcome? ToOutcome(Exception failure, bool isTimeout) => failure switch
    {
        OperationCanceledException or IOException or ObjectDisposedException or HttpRequestException when isTimeout =>
            new AttemptOutcome { ErrorKind = FileVersionErrorKind.RequestTimedOut, Retry = RetryDecision.AfterDelay, Exception = failure },
        _ when failure is InvalidDataException || IsInvalidHttp(failure) =>
            new AttemptOutcome { ErrorKind = FileVersionErrorKind.InvalidResponse, Exception = failure },
        HttpRequestException or IOException or OperationCanceledException => new AttemptOutcome
        {
            ErrorKind = FileVersionErrorKind.ConnectionFailed,
            Retry = IsPermanent(failure) ? RetryDecision.None : RetryDecision.AfterDelay,
            Exception = failure,
        },

        // The runtime does not support the address or the proxy.
        NotSupportedException or InvalidOperationException => new AttemptOutcome { ErrorKind = FileVersionErrorKind.ConnectionFailed, Exception = failure },
        _ => null,
    };

    /// <summary>Whether a proxy refused to open a tunnel because of its credential. .NET Framework does not say so.</summary>
    internal static bool IsProxyAuthentication(Exception failure) =>
        failure is HttpRequestException
        && (PropertyOf(failure, "StatusCode") is HttpStatusCode.ProxyAuthenticationRequired

            // .NET 8 has the status only in the message.
            || (ReasonOf(failure) == "ProxyTunnelError" && failure.Message.Contains("'407'")));

    /// <summary>Whether the same request would fail in the same way again.</summary>
    private static bool IsPermanent(Exception failure)
    {
        if (IsProxyAuthentication(failure))
        {
            return true;
        }

        bool isNameFailure = false;
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                // A certificate that is not trusted.
                case AuthenticationException:
                    return true;

                // The name server says that the name does not exist; TryAgain, for example, means that it did not answer.
                case SocketException socket when isNameFailure || socket.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData:
                    return socket.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;
                default:
                    isNameFailure |= ReasonOf(e) is "NameResolutionError"
                        or nameof(WebExceptionStatus.NameResolutionFailure) or nameof(WebExceptionStatus.ProxyNameResolutionFailure);
                    break;
            }
        }

        return isNameFailure;
    }

    /// <summary>Whether the response is not HTTP, or its headers are too long.</summary>
    private static bool IsInvalidHttp(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            if (ReasonOf(e) is "InvalidResponse" or "ConfigurationLimitExceeded"
                or nameof(WebExceptionStatus.ServerProtocolViolation) or nameof(WebExceptionStatus.MessageLengthLimitExceeded))
            {
                return true;
            }
        }

        return false;
    }

    // .NET Framework has the status of a WebException, .NET 8 and later the property HttpRequestError.
    private static string? ReasonOf(Exception failure) =>
        failure is WebException web ? web.Status.ToString() : PropertyOf(failure, "HttpRequestError")?.ToString();

    // .NET Standard 2.0 does not contain these properties.
    private static object? PropertyOf(Exception failure, string name) => failure.GetType().GetProperty(name)?.GetValue(failure);
}
