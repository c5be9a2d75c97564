namespace FileVersions.Box.Replies;

/// <summary>A part of an upload that Box has received.</summary>
internal sealed class BoxUploadPart
{
    internal string? PartId { get; set; }

    /// <summary>The position of the first byte.</summary>
    internal long? Offset { get; set; }

    /// <summary>The size in bytes.</summary>
    internal long? Size { get; set; }

    /// <summary>The SHA-1 in hexadecimal digits; null in the list of parts.</summary>
    internal string? Sha1 { get; set; }
}
