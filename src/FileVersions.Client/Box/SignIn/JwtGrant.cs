using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FileVersions.Http;
using FileVersions.Json;

namespace FileVersions.Box.SignIn;

/// <summary>Box's JWT grant: an assertion that is signed with the application's private key.</summary>
internal sealed class JwtGrant(BoxAppConfig app, BoxSubject subject, string audience, IClock clock) : TokenGrant
{
    // Box accepts at most 60 s. Half of that tolerates a clock that is ahead as well as one that is behind.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(30);

    // The date of a response has whole seconds and is as old as the response, so a smaller difference means nothing.
    private static readonly TimeSpan s_minSkew = TimeSpan.FromSeconds(5);

    private TimeSpan _skew;

    internal override IEnumerable<KeyValuePair<string, string>> CreateForm() =>
    [
        new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        new("client_id", app.ClientId),
        new("client_secret", app.ClientSecret.Reveal()),
        new("assertion", CreateAssertion()),
    ];

    internal override bool TrySetClock(DateTimeOffset serviceTime)
    {
        TimeSpan skew = serviceTime - clock.UtcNow;
        if ((skew - _skew).Duration() < s_minSkew)
        {
            return false;
        }

        _skew = skew;
        return true;
    }

    internal override string Advise(string? code, DateTimeOffset? serviceTime) => code switch
    {
        "invalid_client" => Texts.BoxAdviceClient,
        "invalid_grant" => Texts.BoxAdviceAssertion.FormatWith(app.PublicKeyId, subject, DescribeClock(serviceTime)),
        _ => Texts.BoxAdviceApp,
    };

    private string DescribeClock(DateTimeOffset? serviceTime)
    {
        TimeSpan? skew = serviceTime - clock.UtcNow;
        string text = skew is null ? Texts.BoxClockUnknown
            : skew.Value.Duration() < s_minSkew ? Texts.BoxClockAgrees
            : skew < TimeSpan.Zero ? Texts.BoxClockAhead
            : Texts.BoxClockBehind;
        return text.FormatWith(clock.UtcNow, Math.Round(skew.GetValueOrDefault().Duration().TotalSeconds));
    }

    private string CreateAssertion()
    {
        string header = Encode(json =>
        {
            json.WriteString("alg", "RS256");
            json.WriteString("typ", "JWT");
            json.WriteString("kid", app.PublicKeyId);
        });
        string claims = Encode(json =>
        {
            json.WriteString("iss", app.ClientId);
            json.WriteString("sub", subject.Id);
            json.WriteString("box_sub_type", subject.Type);
            json.WriteString("aud", audience);
            json.WriteString("jti", $"{Guid.NewGuid():N}{Guid.NewGuid():N}");
            json.WriteNumber("exp", (clock.UtcNow + _skew + s_lifetime).ToUnixTimeSeconds());
        });
        string signed = $"{header}.{claims}";
        byte[] signature = app.Key!.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{ToBase64Url(signature)}";
    }

    private static string Encode(Action<Utf8JsonWriter> write) => ToBase64Url(JsonBytes.WriteObject(write));

    private static string ToBase64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
