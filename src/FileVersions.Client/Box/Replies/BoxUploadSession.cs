namespace FileVersions.Box.Replies;

/// <summary>
/// An upload in parts. Every part but the last has the part size, in bytes. The addresses may be on another host than the one that
/// created the session.
/// </summary>
internal sealed record BoxUploadSession(long PartSize, Uri PartAddress, Uri ListAddress, Uri CommitAddress, Uri AbortAddress);
