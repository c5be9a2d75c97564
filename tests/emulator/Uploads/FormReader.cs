using System.Text;
using FileVersions.Emulator.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FileVersions.Emulator.Uploads;

/// <summary>Reads the parts of a <c>multipart/form-data</c> body, one after the other.</summary>
internal sealed class FormReader
{
    private readonly MultipartReader _reader;
    private readonly CancellationToken _aborted;

    private FormReader(string boundary, Call call)
    {
        _reader = new MultipartReader(boundary, call.Context.Request.Body);
        _aborted = call.Context.RequestAborted;
    }

    /// <summary>Creates a reader for the body of a request; null if the body is not a form.</summary>
    internal static FormReader? Of(Call call) =>
        MediaTypeHeaderValue.TryParse(call.Header("Content-Type"), out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 } boundary
            ? new FormReader(boundary, call)
            : null;

    /// <summary>The next part, or null after the last one.</summary>
    internal async Task<FormPart?> NextAsync()
    {
        if (await _reader.ReadNextSectionAsync(_aborted) is not { } section)
        {
            return null;
        }

        ContentDispositionHeaderValue? disposition = section.GetContentDispositionHeader();
        return new FormPart(HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString(), disposition?.FileName.HasValue == true || disposition?.FileNameStar.HasValue == true, section.Body);
    }
}

/// <summary>A part of a form. Its body has to be read before the next part.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="IsFile">Whether the part has a file name.</param>
/// <param name="Body">The value.</param>
internal sealed record FormPart(string Name, bool IsFile, Stream Body)
{
    internal async Task<string> ReadTextAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
