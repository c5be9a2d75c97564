using System.Net;
using FileVersions.Http.Pipeline;

namespace FileVersions.Http.Errors;

/// <summary>Creates exceptions with complete messages.</summary>
internal static class ErrorFactory
{
    /// <summary>Creates an error that is not the outcome of a request. In the text, {0} names the file or version; the details follow.</summary>
    internal static FileVersionException ForFile(
        FileVersionErrorKind kind, string fileId, string? versionId, string text, params object?[] details) =>
        new(kind, text.FormatWith([ErrorText.Subject(fileId, versionId), .. details]))
        {
            FileId = fileId,
            VersionId = versionId,
        };

    /// <summary>Creates the error for the final outcome of a request.</summary>
    internal static FileVersionException Create(PipelineMessage message, AttemptOutcome outcome) =>
        outcome.Response is { } response ? FromResponse(message, outcome, response) : FromFailure(message, outcome);

    /// <summary>Says in a few words why an attempt failed, for the log.</summary>
    internal static string Reason(PipelineMessage message, AttemptOutcome outcome) => outcome.Response is { } response
        ? ErrorText.Details((int)response.StatusCode, Show(message, response.ReasonPhrase), outcome.Error.Code, requestId: null, attempts: 1)!
        : WhatFailed(message, outcome).TrimEnd('.');

    /// <summary>The status and the request id of a response, for the log.</summary>
    internal static string Details(PipelineMessage message, AttemptOutcome outcome, ServiceResponse response) => ErrorText.Details(
        (int)response.StatusCode,
        Show(message, response.ReasonPhrase),
        outcome.Error.Code,
        Show(message, message.Classifier.ReadRequestId(response.Headers, outcome.Error)),
        attempts: 1)!;

    private static FileVersionException FromResponse(PipelineMessage message, AttemptOutcome outcome, ServiceResponse response)
    {
        FileVersionErrorKind kind = outcome.ErrorKind!.Value;
        int status = (int)response.StatusCode;
        (string? challengeCode, string? challengeText) = HeaderText.ReadChallenge(response.Headers);
        string? code = outcome.Error.Code ?? Show(message, challengeCode);
        string? said = outcome.Error.Message ?? Show(message, challengeText);
        string? requestId = Show(message, message.Classifier.ReadRequestId(response.Headers, outcome.Error));
        string text = ErrorText.Join(
            ErrorText.What(kind, status, message.Context),
            said,
            message.Classifier.Advise(kind, response, code, said)
                ?? (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired ? Texts.HttpAdviceProxy : ErrorText.Advice(kind, outcome.ServerDelay)),
            ErrorText.Details(status, Show(message, response.ReasonPhrase), code, requestId, message.Attempt));
        return new FileVersionException(kind, text)
        {
            FileId = message.Context.FileId,
            VersionId = message.Context.VersionId,
            StatusCode = response.StatusCode,
            ServiceCode = code,
            ServiceMessage = said,
            RequestId = requestId,
            RetryAfter = outcome.ServerDelay,
            ServiceTime = response.Headers.Date,
        };
    }

    private static FileVersionException FromFailure(PipelineMessage message, AttemptOutcome outcome)
    {
        FileVersionErrorKind kind = outcome.ErrorKind!.Value;
        bool isProxy = TransportFailure.IsProxyAuthentication(outcome.Exception!);
        string text = $"{WhatFailed(message, outcome)} {(isProxy ? Texts.HttpAdviceProxy : ErrorText.Advice(kind, serverDelay: null))}";
        string? details = ErrorText.Details(null, null, null, null, message.Attempt);
        return new FileVersionException(kind, details is null ? text : $"{text}\n{details}", message.Redaction.Apply(outcome.Exception))
        {
            FileId = message.Context.FileId,
            VersionId = message.Context.VersionId,
            StatusCode = isProxy ? HttpStatusCode.ProxyAuthenticationRequired : null,
        };
    }

    private static string WhatFailed(PipelineMessage message, AttemptOutcome outcome)
    {
        ErrorContext context = message.Context;
        Exception cause = outcome.Exception!;
        if (outcome.ErrorKind == FileVersionErrorKind.RequestTimedOut)
        {
            return Texts.HttpTimedOut.FormatWith(context.Service, context.Subject, context.Timeout.TotalSeconds);
        }

        if (TransportFailure.IsProxyAuthentication(cause))
        {
            return Texts.HttpProxyRefused.FormatWith(context.Peer, context.Subject) + ".";
        }

        string format = outcome.ErrorKind == FileVersionErrorKind.InvalidResponse ? Texts.HttpInvalidResponse
            : cause is IOException ? Texts.HttpConnectionLost
            : Texts.HttpConnectionFailed;
        string what = format.FormatWith(context.Peer, context.Subject);
        return $"{what}: {ErrorText.Sentence(message.Redaction.Apply(cause.GetBaseException().Message))}";
    }

    private static string? Show(PipelineMessage message, string? text) => text is null ? null : DisplayText.Of(message.Redaction.Apply(text), 250);
}
