using FileVersions.Http;

namespace FileVersions.Box.SignIn;

/// <summary>Box's client credentials grant: the application's id and secret, for the service account of an enterprise or for a user.</summary>
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

    internal override string Advise(string? code, DateTimeOffset? serviceTime) => code switch
    {
        "invalid_client" => Texts.BoxAdviceClient,
        "invalid_grant" => Texts.BoxAdviceSubject.FormatWith(_subject),
        _ => Texts.BoxAdviceApp,
    };
}
