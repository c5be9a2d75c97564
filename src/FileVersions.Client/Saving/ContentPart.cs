using System.Net;
using System.Net.Http.Headers;

namespace FileVersions.Saving;

/// <summary>Describes the part of a content that a response carries.</summary>
internal sealed class ContentPart
{
    private readonly EntityTagHeaderValue? _etag;
    private readonly DateTimeOffset? _lastModified;

    private ContentPart(HttpResponseMessage response)
    {
        _etag = response.Headers.ETag;
        _lastModified = response.Content.Headers.LastModified;
    }

    /// <summary>The position of the first byte.</summary>
    internal long Start { get; private init; }

    /// <summary>The position after the last byte; null if the response ends with the content.</summary>
    internal long? End { get; private init; }

    /// <summary>The length of the whole content; null if unknown.</summary>
    internal long? Total { get; private init; }

    /// <summary>The tag that identifies the content byte by byte; null if there is none.</summary>
    internal EntityTagHeaderValue? StrongETag => _etag is { IsWeak: false } ? _etag : null;

    /// <summary>Reads the headers of a response with status 200 or 206. The requested start is 0 for the whole content.</summary>
    /// <exception cref="InvalidDataException">The response carries something else than what was requested.</exception>
    internal static ContentPart Read(HttpResponseMessage response, long requestedStart)
    {
        HttpContentHeaders headers = response.Content.Headers;
        if (headers.ContentEncoding.FirstOrDefault(static name => !name.Equals("identity", StringComparison.OrdinalIgnoreCase)) is { } encoding)
        {
            throw new InvalidDataException(Texts.SavingContentEncoded.FormatWith(encoding));
        }

        if (response.StatusCode == HttpStatusCode.OK)
        {
            return new ContentPart(response) { End = headers.ContentLength, Total = headers.ContentLength };
        }

        return requestedStart > 0 && headers.ContentRange is { From: { } from, To: { } to } range && from == requestedStart
            && (headers.ContentLength ?? to - from + 1) == to - from + 1
            ? new ContentPart(response) { Start = from, End = to + 1, Total = range.Length }
            : throw new InvalidDataException(Texts.SavingPartWrong);
    }

    /// <summary>Whether another part can be appended to this one, according to RFC 9110, section 15.3.7.3.</summary>
    internal bool CanBeContinuedWith(ContentPart other) =>
        (_etag is null || (other._etag is null ? _etag.IsWeak : _etag.Equals(other._etag)))
        && (_lastModified is null || other._lastModified is null || _lastModified == other._lastModified);
}
