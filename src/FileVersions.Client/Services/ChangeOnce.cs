using FileVersions.Http;
using FileVersions.Http.Pipeline;

namespace FileVersions.Services;

/// <summary>Sends a change that must not take effect twice.</summary>
internal static class ChangeOnce
{
    /// <summary>Sends a change. If its outcome is unknown, looks for its result before sending it again.</summary>
    /// <param name="change">Sends the change.</param>
    /// <param name="findResult">Returns the result of the change if it has taken effect, otherwise null.</param>
    /// <param name="connection">Determines how often the change is sent again, and the delays.</param>
    /// <param name="cancellationToken">Cancels the delays.</param>
    /// <exception cref="FileVersionException">The change failed, or its outcome is unknown.</exception>
    internal static async Task<T> RunAsync<T>(
        Func<Task<T>> change, Func<Task<T?>> findResult, ServiceConnection connection, CancellationToken cancellationToken)
        where T : class
    {
        for (int retry = 0; ; retry++)
        {
            try
            {
                return await change().ConfigureAwait(false);
            }
            catch (FileVersionException e) when (IsOutcomeUnknown(e))
            {
                // After a timeout, the service may still be working on the request.
                TimeSpan delay = e.RetryAfter ?? RetryPolicy.BackOff(retry, connection.Jitter());
                bool mayRetry = retry < connection.MaximumRetryCount && delay <= RetryPolicy.MaxTotalDelay && e.Kind != FileVersionErrorKind.RequestTimedOut;
                if (mayRetry)
                {
                    // Before the look, because the change may take effect during the delay.
                    await connection.Clock.Delay(delay, cancellationToken).ConfigureAwait(false);
                }

                try
                {
                    if (await findResult().ConfigureAwait(false) is { } result)
                    {
                        return result;
                    }
                }
                catch (FileVersionException)
                {
                    // The error of the change says more.
                    throw e.WithSentence(Texts.ServicesChangeUncertain);
                }

                if (!mayRetry)
                {
                    throw e.WithSentence(Texts.ServicesChangeUncertain);
                }
            }
        }
    }

    // An error response says that nothing was changed, unless the server itself failed.
    private static bool IsOutcomeUnknown(FileVersionException failure) => failure.Kind
        is FileVersionErrorKind.ConnectionFailed
        or FileVersionErrorKind.RequestTimedOut
        or FileVersionErrorKind.ServiceUnavailable
        or FileVersionErrorKind.InvalidResponse;
}
