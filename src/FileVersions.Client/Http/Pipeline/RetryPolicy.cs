using FileVersions.Http.Errors;

namespace FileVersions.Http.Pipeline;

/// <summary>Repeats a request that failed for a transient reason, after the delay that the service asks for, or after a back-off with full jitter.</summary>
internal sealed class RetryPolicy(int maxRetryCount, IClock clock, Func<double> jitter) : PipelinePolicy
{
    /// <summary>Maximum time that a request may spend waiting between attempts. A longer Retry-After fails the request at once.</summary>
    internal static readonly TimeSpan MaxTotalDelay = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_firstBackOff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_maxBackOff = TimeSpan.FromSeconds(30);

    // Each delay counts as at least this long, so that retries without a delay end as well.
    private static readonly TimeSpan s_minCost = TimeSpan.FromMilliseconds(100);

    internal override async Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken)
    {
        int retryCount = 0;
        int delayCount = 0;
        TimeSpan totalDelay = TimeSpan.Zero;
        bool mayHaveBeenProcessed = false;
        while (true)
        {
            message.BeginAttempt(retryCount + 1);
            AttemptOutcome outcome = await next.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (outcome.ErrorKind is null)
            {
                return outcome;
            }

            if (mayHaveBeenProcessed && message.Request.TreatNotFoundAsSuccess && outcome.ErrorKind == FileVersionErrorKind.FileVersionNotFound)
            {
                return new AttemptOutcome { Response = outcome.Response };
            }

            if (message.TakeProgress())
            {
                retryCount = 0;
                delayCount = 0;
                totalDelay = TimeSpan.Zero;
            }

            if (!ShouldRetry(message.Request, outcome, retryCount))
            {
                return outcome;
            }

            TimeSpan delay = outcome.Retry == RetryDecision.AtOnce ? TimeSpan.Zero : outcome.ServerDelay ?? BackOff(delayCount, jitter());
            if (delay > MaxTotalDelay - totalDelay)
            {
                return outcome;
            }

            mayHaveBeenProcessed |= outcome.MayHaveBeenProcessed;
            outcome.Dispose();
            if (outcome.Retry != RetryDecision.AtOnce)
            {
                retryCount += outcome.Retry == RetryDecision.AfterDelay ? 1 : 0;
                delayCount++;
                totalDelay += delay > s_minCost ? delay : s_minCost;
                message.Request.Log?.Invoke(Describe(delay, retryCount + 1, message, outcome));
                await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The delay before a retry if the service does not ask for one: exponential, multiplied by the jitter, which is from 0 to less than 1.</summary>
    internal static TimeSpan BackOff(int delayCount, double jitter)
    {
        double step = Math.Min(s_firstBackOff.TotalMilliseconds * Math.Pow(2, delayCount), s_maxBackOff.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(jitter * step);
    }

    // A request that the service has not processed can be repeated even if it is not idempotent.
    private bool ShouldRetry(ServiceRequest request, AttemptOutcome outcome, int retryCount) => outcome.Retry switch
    {
        RetryDecision.WhenReady or RetryDecision.AtOnce => true,
        RetryDecision.AfterDelay => retryCount < maxRetryCount && (request.IsIdempotent || !outcome.MayHaveBeenProcessed),
        _ => false,
    };

    private string Describe(TimeSpan delay, int attempt, PipelineMessage message, AttemptOutcome outcome) =>
        Texts.HttpRetrying.FormatWith(delay.TotalSeconds, attempt, maxRetryCount + 1, message.Context.Subject, ErrorFactory.Reason(message, outcome));
}
