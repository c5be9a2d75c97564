using System.IO.Compression;
using System.Text;

namespace FileVersions.Exporting;

/// <summary>
/// Parts of an export as one array of compressed bytes. Between processes an array is much cheaper than objects, whose properties
/// PowerShell serializes one by one.
/// </summary>
public static class ExportBatch
{
    /// <summary>Packs parts, in their order.</summary>
    public static byte[] Pack(IReadOnlyList<ExportPart> parts)
    {
        using var batch = new MemoryStream();
        using (var deflate = new DeflateStream(batch, CompressionLevel.Fastest))
        using (var writer = new BinaryWriter(deflate, Encoding.UTF8))
        {
            writer.Write(parts.Count);
            foreach (ExportPart part in parts)
            {
                byte[] content = part.Content ?? [];
                writer.Write(part.FileId);
                writer.Write(part.IsLast);
                writer.Write(part.ErrorKind?.ToString() ?? string.Empty);
                writer.Write(part.ErrorMessage ?? string.Empty);
                writer.Write(part.Versions);
                writer.Write(content.Length);
                writer.Write(content);
            }
        }

        return batch.ToArray();
    }

    /// <summary>Returns the parts of a batch, in their order.</summary>
    public static IReadOnlyList<ExportPart> Unpack(byte[] batch)
    {
        using var reader = new BinaryReader(new DeflateStream(new MemoryStream(batch), CompressionMode.Decompress), Encoding.UTF8);
        var parts = new ExportPart[reader.ReadInt32()];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new ExportPart
            {
                FileId = reader.ReadString(),
                IsLast = reader.ReadBoolean(),
                ErrorKind = reader.ReadString() is { Length: > 0 } kind
                    ? (FileVersionErrorKind)Enum.Parse(typeof(FileVersionErrorKind), kind)
                    : null,
                ErrorMessage = reader.ReadString() is { Length: > 0 } message ? message : null,
                Versions = reader.ReadInt32(),
                Content = reader.ReadInt32() is > 0 and int length ? reader.ReadBytes(length) : null,
            };
        }

        return parts;
    }
}
