namespace FileVersions.Emulator.ImageKit;

/// <summary>The kind of a file, by the extension of its name.</summary>
internal static class IKMedia
{
    internal static bool IsImage(string name) => Mime(name).StartsWith("image/", StringComparison.Ordinal);

    internal static bool IsVideo(string name) => Mime(name).StartsWith("video/", StringComparison.Ordinal);

    internal static string Mime(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".JPG" or ".JPEG" => "image/jpeg",
        ".PNG" => "image/png",
        ".WEBP" => "image/webp",
        ".GIF" => "image/gif",
        ".SVG" => "image/svg+xml",
        ".MP4" => "video/mp4",
        ".MOV" => "video/quicktime",
        ".PDF" => "application/pdf",
        ".CSS" => "text/css",
        ".TXT" => "text/plain",
        _ => "application/octet-stream",
    };
}
