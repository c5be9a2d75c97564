using System.Globalization;
using System.Net.Http.Headers;
using FileVersions.Http.Pipeline;

namespace FileVersions.Services;

/// <summary>A form with text fields followed by a file, in the notation that all servers understand.</summary>
internal static class UploadForm
{
    /// <summary>Creates the form for one attempt. The content is in the last field, <c>file</c>.</summary>
    internal static HttpContent Create(IEnumerable<KeyValuePair<string, string>> fields, UploadContent content, PipelineMessage message)
    {
        string boundary = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var form = new MultipartFormDataContent(boundary);

        // The framework quotes the boundary, which some servers do not accept.
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + boundary);
        foreach (KeyValuePair<string, string> field in fields)
        {
            Add(form, new StringContent(field.Value), field.Key, fileName: null);
        }

        HttpContent body = content.CreateBody(message);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Add(form, body, "file", fileName: "file");
        return form;
    }

    private static void Add(MultipartFormDataContent form, HttpContent part, string name, string? fileName)
    {
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = $"\"{name}\"",
            FileName = fileName is null ? null : $"\"{fileName}\"",
        };
        form.Add(part);
    }
}
