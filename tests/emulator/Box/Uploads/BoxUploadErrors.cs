using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>The errors of Box's upload endpoints.</summary>
internal static class BoxUploadErrors
{
    internal static Reply BadDigest() => BoxErrors.Error(400, "bad_digest", "The specified content-md5 did not match what we received");

    internal static Reply DigestMismatch() => BoxErrors.Error(400, "digest_mismatch", "The digest of the file does not match the one that was specified");

    internal static Reply PartsMismatch() => BoxErrors.Error(400, "parts_mismatch", "The specified parts do not match the parts that were uploaded");

    internal static Reply MetadataAfterContents() => BoxErrors.Error(400, "metadata_after_file_contents", "The attributes have to precede the file contents");

    internal static Reply NameInvalid() => BoxErrors.Error(400, "item_name_invalid", "Item name invalid");

    internal static Reply NameTooLong() => BoxErrors.Error(400, "item_name_too_long", "Item name too long");

    internal static Reply MultipleDestinations() => BoxErrors.Error(400, "multiple_destinations", "An upload session for an existing file takes no folder");

    internal static Reply FileTooSmall() => BoxErrors.Error(400, "file_size_too_small", "The file is too small for an upload session");

    internal static Reply InvalidSessionId() => BoxErrors.Error(400, "invalid_upload_session_id", "The upload session id is invalid");

    internal static Reply FileTooLarge() => BoxErrors.Error(403, "file_size_limit_exceeded", "File size exceeds the folder owner's file size limit");

    internal static Reply Forbidden() => BoxErrors.Error(403, "forbidden", "The upload session belongs to another user");

    internal static Reply SessionNotFound(string id) => BoxErrors.NotFound("upload_session", id);

    internal static Reply RangeOverlaps() => BoxErrors.Error(409, "range_overlaps_existing_part", "The range overlaps a part that was uploaded before");

    internal static Reply SessionExpired() => BoxErrors.Error(410, "session_expired", "The upload session has expired");

    internal static Reply TooLarge() => BoxErrors.Error(413, "request_entity_too_large", "The request is too large");

    internal static Reply RangeOutside() => BoxErrors.Error(416, "range_not_satisfiable", "The range does not fit the upload session");
}
