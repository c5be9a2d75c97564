namespace FileVersions.Http.Pipeline;

/// <summary>One concern of sending a request. It does its part, calls the next policy, and looks at the outcome.</summary>
internal abstract class PipelinePolicy
{
    /// <summary>Sends a request through this policy and those after it.</summary>
    internal abstract Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken);
}
