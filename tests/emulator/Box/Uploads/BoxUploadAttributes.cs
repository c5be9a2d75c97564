using System.Text.Json;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>The attributes that an upload sets on the new version.</summary>
/// <param name="Name">The new name of the file; null keeps the name.</param>
/// <param name="ContentModifiedAt">When the content was last changed before the upload.</param>
internal sealed record BoxUploadAttributes(string? Name, DateTimeOffset? ContentModifiedAt)
{
    private const int MaxNameLength = 255;

    internal static readonly BoxUploadAttributes None = new(null, null);

    /// <summary>Reads <c>{"name":…,"content_modified_at":…}</c>; the reply is the error, or null.</summary>
    internal static Reply? Read(JsonElement json, out BoxUploadAttributes attributes)
    {
        attributes = None;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return BoxErrors.BadRequest("attributes", "Expected an object");
        }

        string? name = json.TryGetProperty("name", out JsonElement nameValue) && nameValue.ValueKind == JsonValueKind.String ? nameValue.GetString() : null;
        DateTimeOffset? modifiedAt = null;
        if (json.TryGetProperty("content_modified_at", out JsonElement date) && date.ValueKind != JsonValueKind.Null)
        {
            if (date.ValueKind != JsonValueKind.String || !date.TryGetDateTimeOffset(out DateTimeOffset value))
            {
                return BoxErrors.BadRequest("content_modified_at", "Expected a date with time and offset");
            }

            modifiedAt = value;
        }

        attributes = new BoxUploadAttributes(name, modifiedAt);
        return RefuseName(name);
    }

    /// <summary>The error for a name that Box does not accept, or null.</summary>
    internal static Reply? RefuseName(string? name) => name switch
    {
        null => null,
        { Length: > MaxNameLength } => BoxUploadErrors.NameTooLong(),
        _ => name.Trim().Length != name.Length || name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', '\\') >= 0 ? BoxUploadErrors.NameInvalid() : null,
    };
}
