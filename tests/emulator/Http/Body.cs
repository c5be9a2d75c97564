using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Http;

/// <summary>The body of a reply: bytes in memory, or a part of a content that is generated while it is sent.</summary>
internal readonly struct Body
{
    private readonly Content _content;
    private readonly long _start;

    internal Body(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        Length = bytes.Length;
    }

    internal Body(Content content, long start, long length)
    {
        _content = content;
        _start = start;
        Length = length;
        IsStreamed = true;
    }

    internal ReadOnlyMemory<byte> Bytes { get; }

    internal long Length { get; }

    internal bool IsStreamed { get; }

    /// <summary>Fills the whole of <paramref name="destination"/> with the bytes that start at <paramref name="offset"/>.</summary>
    internal void Read(long offset, Span<byte> destination)
    {
        if (IsStreamed)
        {
            _content.Read(_start + offset, destination);
        }
        else
        {
            Bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
        }
    }
}
