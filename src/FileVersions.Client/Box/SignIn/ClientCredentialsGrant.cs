using System.Collections.Generic;
using System.Globalization;
using FileVersions.Http;

namespace FileVersions.Box.SignIn;

/// <summary>Box's client credentials grant: the app's id and secret, for an enterprise's service account or a user.</summary>
internal sealed class ClientCredentialsGrant : TokenGrant
{
    private readonly Secret _clientSecret;
    private readonly BoxSubject _subject;

    internal ClientCredentialsGrant(string clientId, Secret clientSecret, BoxSubject subject)
    {
        ClientId = clientId;
        _clientSecret = clientSecret;
        _subject = subject;
    }

    internal string ClientId { get; }

    internal override IEnumerable<KeyValuePair<string, string>> CreateForm() =>
    [
        new("grant_type", "client_credentials"),
        new("client_id", ClientId),
        new("client_secret", _clientSecret.Reveal()),
        new("box_subject_type", _subject.Type),
        new("box_subject_id", _subject.Id),
    ];

    internal override string Advise(string? code) => code switch
    {
        "invalid_client" => Texts.AdviceClientInvalid,
        "invalid_grant" => string.Format(CultureInfo.CurrentCulture, Texts.AdviceSubjectInvalid, _subject),
        _ => Texts.AdviceAppUnauthorized,
    };
}
