using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>ImageKit's error replies.</summary>
internal static class IKErrors
{
    internal static Reply KeyMissing() => Error(401, "Missing authorization header. Please pass your private API key with HTTP Basic authentication.");

    internal static Reply KeyWrong() => Error(403, "Your account cannot be authenticated.");

    internal static Reply InvalidParameter(string name) => Error(400, $"Your request contains invalid {name} parameter.");

    internal static Reply NotFound() => Error(404, "The requested asset does not exist.");

    internal static Reply FileNotFound() => Error(404, "The requested file does not exist.");

    internal static Reply VersionNotFound() => Error(404, "The requested file version does not exist.");

    internal static Reply CannotDeleteCurrent() => Error(400, "You cannot delete current version of a file.");

    /// <summary>As recorded, without <c>help</c>.</summary>
    internal static Reply NameInUse() => Message(400, "A file with the same name already exists at the exact location. We could not overwrite it because both overwriteFile and useUniqueFileName are set to false.", help: null);

    /// <summary>Not an error: the upload continues in the background.</summary>
    internal static Reply Accepted() => Message(202, "Your request has been accepted. The file is being processed.", help: null);

    internal static Reply NoSuchEndpoint() => Error(404, "The requested endpoint does not exist.");

    internal static Reply TooManyRequests() => Error(429, "Too many requests. Please try again later.");

    /// <summary>ImageKit's default error reply for a status.</summary>
    internal static Reply OfStatus(int status) => status switch
    {
        401 => KeyMissing(),
        403 => KeyWrong(),
        404 => NotFound(),
        429 => TooManyRequests(),
        >= 500 => Error(status, "We have encountered an internal error and have been notified. Please try again later."),
        >= 400 => Error(status, "Your request contains invalid parameters."),
        _ => new Reply(status),
    };

    internal static Reply Error(int status, string message) => Message(status, message, "For support kindly contact us at support@imagekit.io .");

    private static Reply Message(int status, string message, string? help)
    {
        var buffer = new PooledBuffer(256);
        using (var json = JsonText.Writer(buffer))
        {
            json.WriteStartObject();
            json.WriteString("message"u8, message);
            if (help is not null)
            {
                json.WriteString("help"u8, help);
            }

            json.WriteEndObject();
        }

        return new Reply(status, Reply.JsonUtf8, buffer);
    }
}
