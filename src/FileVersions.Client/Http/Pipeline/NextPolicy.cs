namespace FileVersions.Http.Pipeline;

/// <summary>The policies that are still ahead of a request.</summary>
internal readonly struct NextPolicy(PipelinePolicy[] policies, int index)
{
    internal Task<AttemptOutcome> SendAsync(PipelineMessage message, CancellationToken cancellationToken) =>
        policies[index].SendAsync(message, new NextPolicy(policies, index + 1), cancellationToken);
}
