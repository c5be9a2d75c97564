using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.Box.Replies;

internal static class BoxUploadReplies
{
    private static readonly FieldTable<Endpoints> s_endpoints = new(
        ("list_parts", static (endpoints, ref value) => endpoints.ListParts = value.ReadAddress()),
        ("commit", static (endpoints, ref value) => endpoints.Commit = value.ReadAddress()),
        ("upload_part", static (endpoints, ref value) => endpoints.UploadPart = value.ReadAddress()),
        ("abort", static (endpoints, ref value) => endpoints.Abort = value.ReadAddress()));

    private static readonly FieldTable<Session> s_session = new(
        ("part_size", static (session, ref value) => session.PartSize = value.ReadWhole()),
        ("session_endpoints", static (session, ref value) => session.Endpoints = s_endpoints.Read(ref value)));

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

    /// <summary>Reads an upload session, which has a positive part size and the addresses for parts, their list, commit and abort.</summary>
    internal static BoxUploadSession ReadSession(ReadOnlyMemory<byte> reply)
    {
        Session session = s_session.ReadObject(reply);
        return new BoxUploadSession(
            session.PartSize is > 0 and { } size ? size : throw ReplyReader.Missing("part_size"),
            session.Endpoints?.UploadPart ?? throw ReplyReader.Missing("upload_part"),
            session.Endpoints.ListParts ?? throw ReplyReader.Missing("list_parts"),
            session.Endpoints.Commit ?? throw ReplyReader.Missing("commit"),
            session.Endpoints.Abort ?? throw ReplyReader.Missing("abort"));
    }

    /// <summary>Reads an uploaded part, inside a <c>part</c> object or without one. It has an id, an offset and a size.</summary>
    internal static UploadedPart ReadPart(ReadOnlyMemory<byte> reply) => (s_partReply.ReadObject(reply).Part ?? s_part.ReadObject(reply)).Check();

    /// <summary>Reads a page of uploaded parts, and the number of all parts; null if the reply does not say.</summary>
    internal static (IReadOnlyList<UploadedPart> Parts, long? TotalCount) ReadPartPage(ReadOnlyMemory<byte> reply)
    {
        PartPage page = s_partPage.ReadObject(reply);
        return ([.. (page.Parts ?? throw ReplyReader.Missing("entries")).Select(static part => part.Check())], page.TotalCount);
    }

    private sealed class Session
    {
        internal long? PartSize { get; set; }

        internal Endpoints? Endpoints { get; set; }
    }

    private sealed class Endpoints
    {
        internal Uri? UploadPart { get; set; }

        internal Uri? ListParts { get; set; }

        internal Uri? Commit { get; set; }

        internal Uri? Abort { get; set; }
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
