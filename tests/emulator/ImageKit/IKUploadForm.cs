using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Uploads;

namespace FileVersions.Emulator.ImageKit;

/// <summary>The fields of an upload.</summary>
internal sealed class IKUploadForm
{
    private readonly Dictionary<string, string> _fields;

    private IKUploadForm(Dictionary<string, string> fields, Content? content) => (_fields, Content) = (fields, content);

    /// <summary>Null if the form has no file, or the file is too large.</summary>
    internal Content? Content { get; }

    internal bool IsTooLarge { get; private init; }

    /// <summary>The name as ImageKit stores it: characters other than letters, digits, dots and hyphens become underscores. Empty if it is missing.</summary>
    internal string FileName => string.Concat(Text("fileName").Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));

    /// <summary>With a slash at both ends.</summary>
    internal string Folder => IKQuery.Folder(Text("folder"));

    internal bool UseUniqueFileName => Flag("useUniqueFileName", missing: true);

    internal bool OverwriteFile => Flag("overwriteFile", missing: true);

    internal HashSet<string> ResponseFields => [.. List("responseFields")];

    /// <summary>Reads the body of a request; null if it is not a form.</summary>
    internal static async Task<IKUploadForm?> ReadAsync(Call call)
    {
        if (FormReader.Of(call) is not { } form)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        Content? content = null;
        while (await form.NextAsync() is { } part)
        {
            if (part is { Name: "file", IsFile: true })
            {
                // The part has to be read to its end before the next one.
                content = await ReceivedContent.ReadAsync(part.Body, long.MaxValue, call.Settings.KeptUploadSize, call.Context.RequestAborted);
            }
            else
            {
                string value = await part.ReadTextAsync(call.Context.RequestAborted);
                fields[part.Name] = fields.TryGetValue(part.Name, out string? before) ? before + ',' + value : value;
            }
        }

        content ??= Decode(fields.GetValueOrDefault("file"));
        string name = fields.GetValueOrDefault("fileName") ?? "";
        bool isTooLarge = content?.Size > (IKMedia.IsVideo(name) ? call.Settings.IkVideoUploadLimit : call.Settings.IkUploadLimit);
        return new IKUploadForm(fields, isTooLarge ? null : content) { IsTooLarge = isTooLarge };
    }

    /// <summary>The attributes of the new version. Those of the replaced version are kept only if the upload requests it.</summary>
    /// <param name="before">The attributes of the version that is replaced; the default ones for a new file.</param>
    /// <exception cref="JsonException">The custom metadata are not a JSON object.</exception>
    internal IKAttributes Attributes(IKAttributes before) => new()
    {
        IsPrivate = Flag("isPrivateFile", missing: false),
        IsPublished = Flag("isPublished", missing: true),
        Tags = Has("tags") ? List("tags") : Flag("overwriteTags", missing: true) ? [] : before.Tags,
        AITags = Flag("overwriteAITags", missing: true) ? [] : before.AITags,
        CustomMetadata = Has("customMetadata") ? Metadata() : Flag("overwriteCustomMetadata", missing: true) ? null : before.CustomMetadata,
        CustomCoordinates = Text("customCoordinates"),
        Description = Has("description") ? Text("description") : null,
    };

    /// <summary>A file sent as text: Base64, with or without a <c>data:</c> address around it.</summary>
    private static Content? Decode(string? text)
    {
        if (text is null)
        {
            return null;
        }

        string base64 = text.StartsWith("data:", StringComparison.Ordinal) ? text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..] : text;
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int count) ? Data.Content.Of(bytes[..count]) : null;
    }

    private bool Has(string name) => _fields.ContainsKey(name);

    private string Text(string name) => _fields.GetValueOrDefault(name) ?? "";

    private bool Flag(string name, bool missing) => _fields.TryGetValue(name, out string? value) ? value == "true" : missing;

    /// <summary>A list is sent with commas, as repeated fields, or as a JSON array.</summary>
    private ImmutableArray<string> List(string name)
    {
        string text = Text(name);
        return text.StartsWith('[')
            ? [.. JsonNode.Parse(text)!.AsArray().Select(item => item!.ToString())]
            : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries)];
    }

    private JsonObject Metadata() => JsonNode.Parse(Text("customMetadata")) as JsonObject ?? throw new JsonException("Expected an object.");
}
