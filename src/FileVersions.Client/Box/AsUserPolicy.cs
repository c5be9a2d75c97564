using FileVersions.Http.Pipeline;

namespace FileVersions.Box;

/// <summary>Sends requests on behalf of another user.</summary>
internal sealed class AsUserPolicy(string userId) : PipelinePolicy
{
    internal override Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken)
    {
        message.HttpRequest.Headers.Add("As-User", userId);
        return next.SendAsync(message, cancellationToken);
    }
}
