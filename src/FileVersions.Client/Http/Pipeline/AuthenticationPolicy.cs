using System.Net;
using System.Net.Http.Headers;

namespace FileVersions.Http.Pipeline;

/// <summary>Adds the credential to the complete request. After a 401, it renews the credential if possible.</summary>
internal sealed class AuthenticationPolicy(ServiceConnection connection) : PipelinePolicy
{
    internal override async Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken)
    {
        Action<string>? log = message.Request.Log;
        try
        {
            await connection.AuthenticateAsync(message.HttpRequest, log, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException)
        {
            // The framework's message would show the credential.
            throw InvalidCredential();
        }

        AuthenticationHeaderValue? credential = message.HttpRequest.Headers.Authorization;
        if (credential?.Parameter is { } parameter && !HeaderText.IsValid(parameter))
        {
            throw InvalidCredential();
        }

        message.Redaction.Hide(credential);
        AttemptOutcome outcome = await next.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (outcome.StatusCode != HttpStatusCode.Unauthorized || credential is null
            || !await connection.TryRenewAsync(credential, message.RenewalCount, log, cancellationToken).ConfigureAwait(false))
        {
            return outcome;
        }

        message.RenewalCount++;
        return new AttemptOutcome { ErrorKind = outcome.ErrorKind, Retry = RetryDecision.AtOnce, Response = outcome.Response };
    }

    private FileVersionException InvalidCredential() => new(
        FileVersionErrorKind.InvalidConfiguration,
        Texts.HttpCredentialInvalid.FormatWith(connection.Service));
}
