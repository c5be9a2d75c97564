using FileVersions.Http.Throttling;

namespace FileVersions.Http.Pipeline;

/// <summary>Waits for the throttle that all requests of an account share, and tells it what the service accepted and refused.</summary>
internal sealed class ThrottlePolicy(Throttle throttle) : PipelinePolicy
{
    private static readonly TimeSpan s_defaultPause = TimeSpan.FromSeconds(1);

    internal override async Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken)
    {
        Action<TimeSpan>? onPaused = message.Request.Log is { } log
            ? delay => log(Texts.HttpPaused.FormatWith(delay.TotalSeconds, message.Context.Subject))
            : null;
        int reductions = await throttle.AcquireAsync(onPaused, cancellationToken).ConfigureAwait(false);
        AttemptOutcome outcome = await next.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (outcome.ErrorKind != FileVersionErrorKind.RateLimited)
        {
            throttle.OnAccepted();
        }
        else if (!(outcome.ServerDelay > RetryPolicy.MaxTotalDelay))
        {
            // No request waits that long, so the others are not paused: each of them fails by itself.
            throttle.OnRefused(reductions, outcome.ServerDelay ?? s_defaultPause);
        }

        return outcome;
    }
}
