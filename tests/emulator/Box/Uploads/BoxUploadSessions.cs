using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Box;

/// <summary>Upload sessions for new versions of existing files.</summary>
internal sealed class BoxUploadSessions(BoxVersionUpload versions, UploadStats stats, Func<int> downloadPort)
{
    private const int IdLength = 32;

    private readonly ConcurrentDictionary<string, BoxUploadSession> _sessions = new(StringComparer.Ordinal);

    internal async ValueTask<Reply> CreateAsync(Call call, Account account, string fileId)
    {
        if (await call.ReadObjectAsync() is not { } json || !json.TryGetProperty("file_size", out JsonElement sizeValue) || sizeValue.ValueKind != JsonValueKind.Number || !sizeValue.TryGetInt64(out long size))
        {
            return BoxErrors.BadRequest("file_size", "Expected a whole number");
        }

        if (json.TryGetProperty("folder_id", out _))
        {
            return BoxUploadErrors.MultipleDestinations();
        }

        string? name = json.TryGetProperty("file_name", out JsonElement nameValue) && nameValue.ValueKind == JsonValueKind.String ? nameValue.GetString() : null;
        if (BoxUploadAttributes.RefuseName(name) is { } invalidName)
        {
            return invalidName;
        }

        if (versions.Refuse(call, fileId, name) is { } refused)
        {
            return refused;
        }

        EmulatorSettings settings = call.Settings;
        if (size < settings.BoxMinSessionSize)
        {
            return BoxUploadErrors.FileTooSmall();
        }

        if (size > settings.BoxFileSizeLimit)
        {
            return BoxUploadErrors.FileTooLarge();
        }

        string id = Convert.ToHexString(RandomNumberGenerator.GetBytes(IdLength / 2));
        var session = new BoxUploadSession(id, fileId, account, size, name, settings.BoxPartSize, call.Now.AddMilliseconds(settings.BoxSessionLifeMs), settings.KeptUploadSize);
        _sessions[id] = session;
        stats.SessionOpened();
        return Describe(201, call, account, session);
    }

    internal Reply Status(Call call, Account account, string id) => Refuse(call, account, id, out BoxUploadSession session) ?? Describe(200, call, account, session);

    internal Reply Parts(Call call, Account account, string id)
    {
        if (Refuse(call, account, id, out BoxUploadSession session) is { } refused)
        {
            return refused;
        }

        if (BoxWindow.Read(call, out int offset, out int limit) is { } invalid)
        {
            return invalid;
        }

        BoxUploadPart[] parts = session.Parts;
        return BoxReplies.Json(200, call.Settings, account, 256 + (parts.Length * 128), json => json.UploadParts(parts, offset, limit));
    }

    internal async Task<Reply> UploadPartAsync(Call call, Account account, string id)
    {
        if (Refuse(call, account, id, out BoxUploadSession session) is { } refused)
        {
            return refused;
        }

        if (ReadRange(call, session, out long offset, out int size) is { } invalid)
        {
            return invalid;
        }

        if (ReadDigest(call) is not { } digest)
        {
            return BoxErrors.BadRequest("digest", "Expected sha= and the SHA-1 of the part in Base64");
        }

        if (session.HasPart(offset))
        {
            return BoxUploadErrors.RangeOverlaps();
        }

        bool isStored = false;
        stats.PartStarted();
        byte[] bytes = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            if (!await TryReadAsync(call, bytes.AsMemory(0, size)))
            {
                return BoxUploadErrors.RangeOutside();
            }

            stats.Received(size);
            string sha1 = Sha1(bytes.AsSpan(0, size));
            if (!sha1.Equals(digest, StringComparison.Ordinal))
            {
                return BoxUploadErrors.BadDigest();
            }

            var part = new BoxUploadPart(Convert.ToHexString(RandomNumberGenerator.GetBytes(4)), offset, size, sha1);
            isStored = session.TryAdd(part, bytes);
            return isStored ? BoxReplies.Json(200, call.Settings, account, 256, json => json.UploadPart(part)) : BoxUploadErrors.RangeOverlaps();
        }
        finally
        {
            stats.PartEnded(isStored);
            if (!isStored)
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
    }

    internal async Task<Reply> CommitAsync(Call call, Account account, string id)
    {
        JsonElement? body = await call.ReadObjectAsync();
        if (Refuse(call, account, id, out BoxUploadSession session, allowCommitted: true) is { } refused)
        {
            return refused;
        }

        if (ReadDigest(call) is not { } digest)
        {
            return BoxErrors.BadRequest("digest", "Expected sha= and the SHA-1 of the file in Base64");
        }

        if (body is not { } json || !json.TryGetProperty("parts", out JsonElement parts) || parts.ValueKind != JsonValueKind.Array)
        {
            return BoxErrors.BadRequest("parts", "Expected the parts");
        }

        BoxUploadAttributes attributes = BoxUploadAttributes.None;
        if (json.TryGetProperty("attributes", out JsonElement attributesValue) && BoxUploadAttributes.Read(attributesValue, out attributes) is { } invalid)
        {
            return invalid;
        }

        lock (session.Gate)
        {
            return Commit(call, account, session, parts, digest, attributes with { Name = attributes.Name ?? session.FileName });
        }
    }

    internal Reply Abort(Call call, Account account, string id)
    {
        if (Refuse(call, account, id, out BoxUploadSession session, allowCommitted: true) is { } refused)
        {
            return refused;
        }

        lock (session.Gate)
        {
            if (session.Committed is null)
            {
                Close(session);
            }
        }

        return new Reply(204);
    }

    internal void Reset()
    {
        foreach (BoxUploadSession session in _sessions.Values.Where(session => session.Committed is null))
        {
            Close(session);
        }

        _sessions.Clear();
    }

    private Reply Commit(Call call, Account account, BoxUploadSession session, JsonElement parts, string digest, BoxUploadAttributes attributes)
    {
        if (session.Committed is { } committed)
        {
            return call.Settings.BoxCommitIsRepeatable ? BoxVersionUpload.Describe(call, account, committed) : BoxUploadErrors.SessionExpired();
        }

        if (!session.IsComplete || !IsMatch(parts, session.Parts))
        {
            return BoxUploadErrors.PartsMismatch();
        }

        if (TemporaryReply(call, session) is { } temporary)
        {
            return temporary;
        }

        Content content = session.Assemble();
        if (content.Sha1 != digest)
        {
            return BoxUploadErrors.DigestMismatch();
        }

        Reply reply = versions.Make(call, account, session.FileId, content, attributes, out BoxFile? file);
        if (file is not null)
        {
            session.Committed = file;
            session.Dispose();
            stats.SessionClosed();
        }

        return reply;
    }

    /// <summary>Returns the configured number of 400 replies, then of 202 replies, then null.</summary>
    private static Reply? TemporaryReply(Call call, BoxUploadSession session)
    {
        EmulatorSettings settings = call.Settings;
        int answers = session.TemporaryAnswers++;
        if (answers < settings.BoxCommitMismatches)
        {
            return BoxUploadErrors.PartsMismatch();
        }

        return answers < settings.BoxCommitMismatches + settings.BoxCommitNotReady
            ? new Reply(202).With("Retry-After", settings.BoxCommitRetryAfterSec.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Whether a commit names exactly the stored parts, in any order. A part's SHA-1 can be null or absent.</summary>
    private static bool IsMatch(JsonElement named, BoxUploadPart[] stored)
    {
        if (named.GetArrayLength() != stored.Length)
        {
            return false;
        }

        var byId = stored.ToDictionary(part => part.Id);
        foreach (JsonElement part in named.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("part_id", out JsonElement id) || id.GetString() is not { } partId || !byId.Remove(partId, out BoxUploadPart? known)
                || !part.TryGetProperty("offset", out JsonElement offset) || offset.GetInt64() != known.Offset
                || !part.TryGetProperty("size", out JsonElement size) || size.GetInt64() != known.Size
                || (part.TryGetProperty("sha1", out JsonElement sha1) && sha1.ValueKind == JsonValueKind.String && !known.Sha1.Equals(sha1.GetString(), StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }
        }

        return true;
    }

    private static Reply? ReadRange(Call call, BoxUploadSession session, out long offset, out int size)
    {
        (offset, size) = (0, 0);
        string header = call.Header("Content-Range") ?? "";
        string[] parts = header.StartsWith("bytes ", StringComparison.Ordinal) ? header["bytes ".Length..].Split('-', '/') : [];
        if (parts is not [{ } first, { } last, { } length] || !TryRead(first, out long from) || !TryRead(last, out long to) || !TryRead(length, out long total))
        {
            return BoxErrors.BadRequest("content-range", "Expected bytes first-last/total");
        }

        if (total != session.FileSize || session.SizeAt(from) is not { } expected || to - from + 1 != expected)
        {
            return BoxUploadErrors.RangeOutside();
        }

        (offset, size) = (from, expected);
        return null;
    }

    private static bool TryRead(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>The SHA-1 of a <c>Digest</c> header in lower-case hexadecimal digits, or null.</summary>
    private static string? ReadDigest(Call call)
    {
        byte[] hash = new byte[SHA1.HashSizeInBytes];
        return call.Header("Digest") is { } header && header.StartsWith("sha=", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header["sha=".Length..], hash, out int count) && count == hash.Length
            ? Convert.ToHexStringLower(hash)
            : null;
    }

    /// <summary>Fills the buffer from the body; false if the body is longer or shorter.</summary>
    private static async Task<bool> TryReadAsync(Call call, Memory<byte> buffer)
    {
        Stream body = call.Context.Request.Body;
        int count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, call.Context.RequestAborted);
        return count == buffer.Length && await body.ReadAsync(new byte[1], call.Context.RequestAborted) == 0;
    }

    private static string Sha1(ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Finds the session that a request names; the reply is the error, or null.</summary>
    private Reply? Refuse(Call call, Account account, string id, out BoxUploadSession session, bool allowCommitted = false)
    {
        session = null!;
        if (id.Length != IdLength || !id.All(char.IsAsciiHexDigit))
        {
            return BoxUploadErrors.InvalidSessionId();
        }

        if (!_sessions.TryGetValue(id, out BoxUploadSession? found))
        {
            return BoxUploadErrors.SessionNotFound(id);
        }

        call.Exchange.FileId = found.FileId;
        session = found;
        if (found.Account.Id != account.Id)
        {
            return BoxUploadErrors.Forbidden();
        }

        bool isOver = found.Committed is not null ? !allowCommitted : found.ExpiresAt <= call.Now;
        return isOver ? BoxUploadErrors.SessionExpired() : null;
    }

    private void Close(BoxUploadSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            session.Dispose();
            stats.SessionClosed();
        }
    }

    private Reply Describe(int status, Call call, Account account, BoxUploadSession session)
    {
        string host = call.Settings.BoxSessionHost is { } other
            ? other.Replace("{download}", $"http://127.0.0.1:{downloadPort()}", StringComparison.Ordinal)
            : $"{call.Context.Request.Scheme}://{call.Context.Request.Host}";
        return BoxReplies.Json(status, call.Settings, account, 1024, json => json.UploadSession(session, $"{host}/api/2.0/files/upload_sessions/{session.Id}"));
    }
}
