using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;

namespace FileVersions.Http;

/// <summary>A request to a service. A <see cref="ServicePipeline"/> sends it, in several attempts if necessary.</summary>
/// <param name="method">The method.</param>
/// <param name="address">The escaped path and query below the base address, or an absolute address.</param>
/// <param name="fileId">The file that the request is about, as the caller named it; null if it is about the account.</param>
/// <param name="versionId">The version that the request is about; null if it is about the file.</param>
internal sealed class ServiceRequest(HttpMethod method, string address, string? fileId = null, string? versionId = null)
{
    internal HttpMethod Method { get; } = method;

    internal string Address { get; } = address;

    internal string? FileId { get; } = fileId;

    internal string? VersionId { get; } = versionId;

    /// <summary>What the request is about in words, such as <c>folder '555'</c>; null for the file and version.</summary>
    internal string? Subject { get; init; }

    /// <summary>
    /// Creates the content, once for each attempt, and hides its secrets; null for a request without content. A long content calls
    /// <see cref="PipelineMessage.ExtendTimeout"/> while it is sent.
    /// </summary>
    internal Func<PipelineMessage, HttpContent>? CreateContent { get; init; }

    /// <summary>Completes the request of each attempt, for example with headers; null if there is nothing to add.</summary>
    internal Action<HttpRequestMessage>? PrepareRequest { get; init; }

    /// <summary>Whether sending the request twice has the same effect as sending it once.</summary>
    internal bool IsIdempotent { get; init; } = true;

    /// <summary>Whether 404 means success if an earlier attempt may have been processed, as for a removal.</summary>
    internal bool TreatNotFoundAsSuccess { get; init; }

    /// <summary>What responses to this request mean; null for the meaning that they have for the service.</summary>
    internal ResponseClassifier? Classifier { get; init; }

    /// <summary>
    /// Reads the body of a successful response as a stream, as part of the attempt; null to read it into memory. Failures of the
    /// stream are failures of the attempt. <see cref="PipelineMessage.ExtendTimeout"/> gives the next part of the body the full timeout.
    /// </summary>
    internal Func<PipelineMessage, HttpResponseMessage, CancellationToken, Task>? Receive { get; init; }

    /// <summary>Receives a line about each attempt and each delay; null for no log.</summary>
    internal Action<string>? Log { get; init; }
}
