using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.Box.Replies;

/// <summary>Reads Box's replies about uploads.</summary>
internal static class BoxUploadReplies
{
    private static readonly FieldTable<BoxUploadEndpoints> s_endpoints = new(
        ("list_parts", static (endpoints, ref value) => endpoints.ListParts = value.ReadAddress()),
        ("commit", static (endpoints, ref value) => endpoints.Commit = value.ReadAddress()),
        ("upload_part", static (endpoints, ref value) => endpoints.UploadPart = value.ReadAddress()),
        ("abort", static (endpoints, ref value) => endpoints.Abort = value.ReadAddress()));

    private static readonly FieldTable<BoxUploadSession> s_session = new(
        ("part_size", static (session, ref value) => session.PartSize = value.ReadWhole()),
        ("session_endpoints", static (session, ref value) => session.Endpoints = s_endpoints.Read(ref value)),
        ("id", static (session, ref value) => session.Id = value.ReadId()));

    private static readonly FieldTable<Part> s_part = new(
        ("part_id", static (part, ref value) => part.Id = value.ReadId()),
        ("offset", static (part, ref value) => part.Offset = value.ReadWhole()),
        ("size", static (part, ref value) => part.Size = value.ReadWhole()),
        ("sha1", static (part, ref value) => part.Sha1 = value.ReadText()));

    private static readonly FieldTable<PartReply> s_partReply = new(
        ("part", static (reply, ref value) => reply.Part = s_part.Read(ref value)));

    private static readonly FieldTable<PartPage> s_partPage = new(
        ("total_count", static (page, ref value) => page.TotalCount = value.ReadWhole()),
        ("entries", static (page, ref value) => page.Parts = value.ReadObjects(s_part)));

    /// <summary>Reads an upload session, which has an id, a positive part size, and the addresses for parts, their list, commit and abort.</summary>
    internal static BoxUploadSession ReadSession(ReadOnlyMemory<byte> reply)
    {
        BoxUploadSession session = s_session.ReadObject(reply);
        string? missing =
            string.IsNullOrEmpty(session.Id) ? "id"
            : session.PartSize is not > 0 ? "part_size"
            : session.Endpoints is not { UploadPart: not null, Commit: not null, Abort: not null, ListParts: not null } ? "session_endpoints"
            : null;
        return missing is null ? session : throw ReplyReader.Missing(missing);
    }

    /// <summary>Reads an uploaded part, inside a <c>part</c> object or without one. It has an id, an offset and a size.</summary>
    internal static UploadedPart ReadPart(ReadOnlyMemory<byte> reply) => (s_partReply.ReadObject(reply).Part ?? s_part.ReadObject(reply)).Check();

    /// <summary>Reads a page of uploaded parts, and the number of all parts; null if the reply does not say.</summary>
    internal static (IReadOnlyList<UploadedPart> Parts, long? TotalCount) ReadPartPage(ReadOnlyMemory<byte> reply)
    {
        PartPage page = s_partPage.ReadObject(reply);
        return ([.. (page.Parts ?? throw ReplyReader.Missing("entries")).Select(static part => part.Check())], page.TotalCount);
    }

    private sealed class Part
    {
        internal string? Id { get; set; }

        internal long? Offset { get; set; }

        internal long? Size { get; set; }

        internal string? Sha1 { get; set; }

        internal UploadedPart Check() => new(
            Id is { Length: > 0 } id ? id : throw ReplyReader.Missing("part_id"),
            Offset ?? throw ReplyReader.Missing("offset"),
            Size ?? throw ReplyReader.Missing("size"),
            Sha1);
    }

    private sealed class PartReply
    {
        internal Part? Part { get; set; }
    }

    private sealed class PartPage
    {
        internal long? TotalCount { get; set; }

        internal List<Part>? Parts { get; set; }
    }
}
