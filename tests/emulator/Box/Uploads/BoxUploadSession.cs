using FileVersions.Emulator.Data;
using FileVersions.Emulator.Uploads;

namespace FileVersions.Emulator.Box;

/// <summary>An upload session for a new version of a file.</summary>
internal sealed class BoxUploadSession(string id, string fileId, Account account, long fileSize, string? fileName, int partSize, DateTimeOffset expiresAt, long maxKept) : IDisposable
{
    private readonly SortedDictionary<long, BoxUploadPart> _parts = [];
    private readonly ContentAssembler _content = new(fileSize, maxKept);

    /// <summary>Held while the session is committed.</summary>
    internal Lock Gate { get; } = new();

    internal string Id => id;

    internal string FileId => fileId;

    internal Account Account => account;

    internal long FileSize => fileSize;

    /// <summary>The new name that was given when the session was created, or null.</summary>
    internal string? FileName => fileName;

    internal int PartSize => partSize;

    internal DateTimeOffset ExpiresAt => expiresAt;

    internal int TotalParts => (int)((fileSize + partSize - 1) / partSize);

    /// <summary>The number of temporary replies to commits so far.</summary>
    internal int TemporaryAnswers { get; set; }

    /// <summary>The file after the commit; null before.</summary>
    internal BoxFile? Committed { get; set; }

    internal BoxUploadPart[] Parts
    {
        get
        {
            lock (_parts)
            {
                return [.. _parts.Values];
            }
        }
    }

    /// <summary>The required size of the part at an offset; null if no part begins there.</summary>
    internal int? SizeAt(long offset) => offset >= 0 && offset < fileSize && offset % partSize == 0 ? (int)Math.Min(partSize, fileSize - offset) : null;

    internal bool HasPart(long offset)
    {
        lock (_parts)
        {
            return _parts.ContainsKey(offset);
        }
    }

    /// <summary>Stores a part, unless there is one at its offset.</summary>
    /// <param name="part">The part.</param>
    /// <param name="bytes">Its content, in a buffer from the shared pool. This method takes ownership of the buffer if it returns true.</param>
    internal bool TryAdd(BoxUploadPart part, byte[] bytes)
    {
        lock (_parts)
        {
            if (!_parts.TryAdd(part.Offset, part))
            {
                return false;
            }
        }

        _content.Add(part.Offset, bytes, part.Size);
        return true;
    }

    /// <summary>Whether all parts were uploaded.</summary>
    internal bool IsComplete => Parts.Sum(part => (long)part.Size) == fileSize;

    /// <summary>The content of a complete session.</summary>
    internal Content Assemble() => _content.Finish();

    public void Dispose() => _content.Dispose();
}

/// <summary>A part of an upload session.</summary>
internal sealed record BoxUploadPart(string Id, long Offset, int Size, string Sha1);
