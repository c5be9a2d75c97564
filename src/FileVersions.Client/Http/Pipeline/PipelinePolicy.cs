namespace FileVersions.Http.Pipeline;

/// <summary>One concern of sending a request. It does its part, calls the next policy, and looks at the outcome.</summary>
internal abstract class PipelinePolicy
{
    /// <summary>Sends a request through this policy and those after it.</summary>
    /// <param name="message">The request, and what is known about its attempts.</param>
    /// <param name="next">The policies after this one.</param>
    /// <param name="cancellationToken">Cancels the request and any delay.</param>
    internal abstract Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken);
}
