using FileVersions.Http;

namespace FileVersions.Box.SignIn;

/// <summary>Box's client credentials grant: the application's id and secret, for the service account of an enterprise or for a user.</summary>
internal sealed class ClientCredentialsGrant(string clientId, Secret clientSecret, BoxSubject subject) : TokenGrant
{
    internal override IEnumerable<KeyValuePair<string, string>> CreateForm() =>
    [
        new("grant_type", "client_credentials"),
        new("client_id", clientId),
        new("client_secret", clientSecret.Reveal()),
        new("box_subject_type", subject.Type),
        new("box_subject_id", subject.Id),
    ];

    internal override string Advise(string? code, DateTimeOffset? serviceTime) => code switch
    {
        "invalid_client" => Texts.BoxAdviceClient,
        "invalid_grant" => Texts.BoxAdviceSubject.FormatWith(subject),
        _ => Texts.BoxAdviceApp,
    };
}
