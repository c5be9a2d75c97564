using System;
using System.Collections.Generic;
using System.Net.Http;

namespace FileVersions.Http;

/// <summary>One request, in the terms of the service; <see cref="ServiceTransport"/> sends it as often as it takes.</summary>
internal sealed class ServiceRequest
{
    internal ServiceRequest(HttpMethod method, string path, string? fileId = null, string? versionId = null)
    {
        Method = method;
        Path = path;
        FileId = fileId;
        VersionId = versionId;
    }

    internal HttpMethod Method { get; }

    /// <summary>Path and query behind the base address, escaped.</summary>
    internal string Path { get; }

    /// <summary>The file it is about, as the caller named it; for messages.</summary>
    internal string? FileId { get; }

    /// <summary>The version it is about; for messages.</summary>
    internal string? VersionId { get; }

    /// <summary>The Box user to act for, or null.</summary>
    internal string? AsUser { get; init; }

    /// <summary>A JSON body, or null.</summary>
    internal string? JsonBody { get; init; }

    /// <summary>
    /// Makes the form of a request for a token, anew for each try; null for all other requests. Such a request bears no credential.
    /// </summary>
    internal Func<IEnumerable<KeyValuePair<string, string>>>? Form { get; init; }

    /// <summary>Whether sending it twice does what sending it once does. Reading always is; a change rarely.</summary>
    internal bool IsRepeatable { get; init; } = true;

    /// <summary>Whether a version that is not there after a try whose outcome is unknown means that the try succeeded.</summary>
    internal bool GoneIsDone { get; init; }

    /// <summary>
    /// Takes what it needs of a reply's head; true where the reply is an answer although its status is none of success, such as a
    /// redirect.
    /// </summary>
    internal Func<HttpResponseMessage, bool>? TakesHead { get; init; }

    /// <summary>Takes what it needs of the first bytes of a successful reply's body, while the rest comes in.</summary>
    internal Action<ReadOnlyMemory<byte>>? TakesBeginning { get; init; }

    /// <summary>What a status means; null where it means what it means for the service.</summary>
    internal Func<int, FileVersionErrorKind>? KindOf { get; init; }

    /// <summary>Told of each wait, with its reason.</summary>
    internal Action<string>? Log { get; init; }
}
