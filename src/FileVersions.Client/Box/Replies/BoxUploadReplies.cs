using FileVersions.Json;

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

    private static readonly FieldTable<BoxUploadPart> s_part = new(
        ("part_id", static (part, ref value) => part.PartId = value.ReadId()),
        ("offset", static (part, ref value) => part.Offset = value.ReadWhole()),
        ("size", static (part, ref value) => part.Size = value.ReadWhole()),
        ("sha1", static (part, ref value) => part.Sha1 = value.ReadText()));

    private static readonly FieldTable<PartReply> s_partReply = new(
        ("part", static (reply, ref value) => reply.Part = s_part.Read(ref value)));

    private static readonly FieldTable<BoxUploadPartPage> s_partPage = new(
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
    internal static BoxUploadPart ReadPart(ReadOnlyMemory<byte> reply) => RequireFields(s_partReply.ReadObject(reply).Part ?? s_part.ReadObject(reply));

    /// <summary>Reads a page of uploaded parts, each with an id, an offset and a size.</summary>
    internal static BoxUploadPartPage ReadPartPage(ReadOnlyMemory<byte> reply)
    {
        BoxUploadPartPage page = s_partPage.ReadObject(reply);
        if (page.Parts is null)
        {
            throw ReplyReader.Missing("entries");
        }

        page.Parts.ForEach(static part => RequireFields(part));
        return page;
    }

    private static BoxUploadPart RequireFields(BoxUploadPart part)
    {
        string? missing = string.IsNullOrEmpty(part.PartId) ? "part_id" : part.Offset is null ? "offset" : part.Size is null ? "size" : null;
        return missing is null ? part : throw ReplyReader.Missing(missing);
    }

    private sealed class PartReply
    {
        internal BoxUploadPart? Part { get; set; }
    }
}
