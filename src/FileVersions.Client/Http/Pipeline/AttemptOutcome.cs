using System.Net;
using FileVersions.Http.Errors;

namespace FileVersions.Http.Pipeline;

/// <summary>The outcome of one attempt: a response, or the exception that prevented one.</summary>
internal sealed class AttemptOutcome : IDisposable
{
    /// <summary>The kind of error; null if the attempt succeeded.</summary>
    internal FileVersionErrorKind? ErrorKind { get; init; }

    internal RetryDecision Retry { get; init; }

    /// <summary>The complete response; null if there is none.</summary>
    internal ServiceResponse? Response { get; init; }

    /// <summary>What the body of the response says about the error; empty if there is no response.</summary>
    internal ErrorBody Error { get; init; }

    /// <summary>The failure that prevented a complete response; null if there is a response.</summary>
    internal Exception? Exception { get; init; }

    /// <summary>The delay that the service asks for; null if it does not say.</summary>
    internal TimeSpan? ServerDelay { get; init; }

    internal HttpStatusCode? StatusCode => Response?.StatusCode;

    /// <summary>Whether the service may have carried out the request, although the attempt failed.</summary>
    internal bool MayHaveBeenProcessed => StatusCode is null || (int)StatusCode is 408 or >= 500;

    public void Dispose() => Response?.Dispose();
}
