using System.Net;
using System.Text.Json;

namespace FileVersions.Http.Errors;

/// <summary>What a request was about, for error messages.</summary>
/// <param name="connection">The account.</param>
/// <param name="fileId">The file, as the caller named it; null if the request was about the account.</param>
/// <param name="versionId">The version; null if the request was about the file.</param>
/// <param name="subject">What the request was about in words; null for the file and version.</param>
internal sealed class ErrorContext(ServiceConnection connection, string? fileId, string? versionId, string? subject = null)
{
    internal string Service => connection.Service;

    /// <summary>The service, and the proxy through which it is reached.</summary>
    internal string Peer => connection.Proxy is { } proxy
        ? Texts.HttpPeerThroughProxy.FormatWith(Service, proxy.GetLeftPart(UriPartial.Authority))
        : Service;

    internal TimeSpan Timeout => connection.Timeout;

    internal string? FileId => fileId;

    internal string? VersionId => versionId;

    internal string Subject => subject ?? ErrorText.Subject(fileId, versionId);

    /// <summary>Creates the error for a response that violates the contract of the service. Without specific advice, it gives the general advice.</summary>
    internal FileVersionException InvalidResponse(string reason, string? advice = null, HttpStatusCode? status = null, Exception? cause = null) => new(
        FileVersionErrorKind.InvalidResponse,
        ErrorText.Join(Texts.HttpInvalidResponse.FormatWith(Service, Subject), reason, advice ?? Texts.HttpAdviceInvalidResponse, details: null),
        cause)
    {
        FileId = fileId,
        VersionId = versionId,
        StatusCode = status,
    };

    /// <summary>Reads a response. Whatever it contains, the outcome is a result or <see cref="FileVersionErrorKind.InvalidResponse"/>.</summary>
    internal T Read<T>(ServiceResponse response, Redaction redaction, Func<ServiceResponse, T> read)
    {
        try
        {
            return read(response);
        }
#pragma warning disable CA1031 // A hostile response can cause exceptions that no documentation lists.
        catch (Exception e) when (e is not FileVersionException)
#pragma warning restore CA1031
        {
            string reason = ErrorBody.PageTitle(response.Body, redaction) switch
            {
                null => redaction.Apply(ReasonOf(e, response)),
                "" => Texts.HttpUntitledPage,
                { } title => Texts.HttpPage.FormatWith(title),
            };
            throw InvalidResponse(reason, status: response.StatusCode, cause: redaction.Apply(e));
        }
    }

    // Only the JSON parser's own exceptions have a line number. Their messages describe the parser.
    private static string ReasonOf(Exception failure, ServiceResponse response) => failure is not JsonException { LineNumber: { } line } syntax ? failure.Message
        : response.Body.IsEmpty ? Texts.HttpEmptyResponse
        : Texts.HttpNotJson.FormatWith(line + 1, syntax.BytePositionInLine);
}
