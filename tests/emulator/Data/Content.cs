using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FileVersions.Emulator.Data;

/// <summary>The bytes of a version, given or pseudo-random. Any part of pseudo-random bytes can be computed without the parts before it.</summary>
/// <param name="Seed">Determines pseudo-random bytes.</param>
/// <param name="Size">Length in bytes.</param>
internal readonly record struct Content(ulong Seed, long Size)
{
    /// <summary>Given bytes and their SHA-1, or null for pseudo-random bytes.</summary>
    private GivenBytes? Given { get; init; }

    private const int SharedContents = 4096;
    private static readonly ConcurrentDictionary<Content, string> s_sha1 = new();

    /// <summary>
    /// The content of a generated version. There are only 4096 different ones (16 to 4111 bytes), so that a
    /// million versions can be listed with their real SHA-1 values at the cost of computing 4096.
    /// </summary>
    internal static Content Generated(ulong fileHash, int number)
    {
        ulong index = (fileHash + (ulong)number) % SharedContents;
        return new Content(index, 16 + (long)(Mix.Scramble(index) % 4096));
    }

    /// <summary>Content that consists of given bytes.</summary>
    internal static Content Of(byte[] bytes)
    {
        Content content = Of(bytes, "");
        return Of(bytes, Compute(content));
    }

    /// <summary>Content that consists of given bytes, whose SHA-1 is known.</summary>
    internal static Content Of(byte[] bytes, string sha1) => new(0, bytes.Length) { Given = new GivenBytes(bytes, sha1) };

    /// <summary>Content for which only the size and the SHA-1 were kept.</summary>
    internal static Content WithoutBytes(long size, string sha1) => new(0, size) { Given = new GivenBytes(null, sha1) };

    /// <summary>Whether the bytes can be read.</summary>
    internal bool IsKept => Given is not { Bytes: null };

    /// <summary>The optimised image that an image service delivers: different and fewer bytes, always the same for the same content.</summary>
    internal Content Optimised() => new(Given is { } given ? Mix.Hash(given.Sha1) : Mix.Scramble(Seed ^ Mix.Golden), Math.Max(1, Size * 2 / 3));

    /// <summary>The SHA-1 of the bytes, in lower-case hexadecimal digits.</summary>
    internal string Sha1 => Given is { } given ? given.Sha1 : s_sha1.TryGetValue(this, out string? known) ? known : s_sha1.GetOrAdd(this, Compute);

    /// <summary>Fills the whole of <paramref name="destination"/> with the bytes that start at <paramref name="offset"/>.</summary>
    internal void Read(long offset, Span<byte> destination)
    {
        if (Given is { } given)
        {
            (given.Bytes ?? throw new InvalidOperationException("The bytes of this content are not available.")).AsSpan((int)offset, destination.Length).CopyTo(destination);
            return;
        }

        ulong block = Mix.Scramble(Seed) + ((ulong)offset / sizeof(ulong));
        int skip = (int)(offset % sizeof(ulong));
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        if (skip != 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Mix.Scramble(block++));
            ReadOnlySpan<byte> rest = word[skip..];
            rest = rest[..Math.Min(rest.Length, destination.Length)];
            rest.CopyTo(destination);
            destination = destination[rest.Length..];
        }

        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(destination);
        for (int i = 0; i < words.Length; i++)
        {
            ulong value = Mix.Scramble(block++);
            words[i] = BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
        }

        destination = destination[(words.Length * sizeof(ulong))..];
        if (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Mix.Scramble(block));
            word[..destination.Length].CopyTo(destination);
        }
    }

    private static string Compute(Content content)
    {
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        for (long offset = 0; offset < content.Size;)
        {
            int count = (int)Math.Min(buffer.Length, content.Size - offset);
            content.Read(offset, buffer.AsSpan(0, count));
            sha1.AppendData(buffer, 0, count);
            offset += count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(sha1.GetHashAndReset());
    }

    private sealed record GivenBytes(byte[]? Bytes, string Sha1);
}
