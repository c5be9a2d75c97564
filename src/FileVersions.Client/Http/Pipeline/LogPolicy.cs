using FileVersions.Http.Errors;

namespace FileVersions.Http.Pipeline;

/// <summary>Logs each attempt: method, path, duration, status and request id. It does nothing for a request without a log.</summary>
internal sealed class LogPolicy(IClock clock) : PipelinePolicy
{
    internal override Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken) =>
        message.Request.Log is { } log ? SendAsync(message, next, log, cancellationToken) : next.SendAsync(message, cancellationToken);

    private async Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, Action<string> log, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        AttemptOutcome outcome = await next.SendAsync(message, cancellationToken).ConfigureAwait(false);
        double duration = clock.GetElapsedTime(start).TotalMilliseconds;
        string details = outcome.Response is { } response ? ErrorFactory.Details(message, outcome, response) : Texts.HttpNoResponse;
        log(Texts.HttpSent.FormatWith(message.HttpRequest.Method, DescribeTarget(message), duration, details));
        return outcome;
    }

    // A query can contain a signature, and the path of a content address can contain a token.
    private static string DescribeTarget(PipelineMessage message)
    {
        Uri address = message.HttpRequest.RequestUri!;
        return message.Request.Receive is null
            ? DisplayText.Of(message.Redaction.Apply(address.AbsolutePath), 500)
            : address.GetLeftPart(UriPartial.Authority);
    }
}
