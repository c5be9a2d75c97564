using FileVersions.Http.Errors;
using FileVersions.Services;

namespace FileVersions.Saving;

internal static class SaveError
{
    /// <param name="kind">The kind of error.</param>
    /// <param name="version">The version.</param>
    /// <param name="text">The message; {0} is the version and {1} the detail.</param>
    /// <param name="detail">The path or name that the error is about; null for none.</param>
    /// <param name="cause">The cause, whose message becomes {2}; null for none.</param>
    internal static FileVersionException Create(
        FileVersionErrorKind kind, VersionToSave version, string text, string? detail = null, Exception? cause = null) =>
        new(kind, text.FormatWith(Subject(version), detail, cause is null ? null : ErrorText.Sentence(cause.Message)), cause)
        {
            FileId = version.FileId,
            VersionId = version.VersionId,
        };

    internal static string Subject(VersionToSave version) => ErrorText.Subject(version.FileId, version.VersionId);
}
