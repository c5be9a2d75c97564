using FileVersions.Box;
using FileVersions.Http;
using FileVersions.UnitTests.Emulator;

namespace FileVersions.UnitTests.SignIn;

/// <summary>Signs in to an emulator.</summary>
public abstract class SignInTestBase : EmulatorTestBase
{
    private protected static readonly BoxSubject Enterprise = BoxSubject.Enterprise("900");

    private protected BoxConnection ByClientCredentials(string secret = "box-secret", BoxSubject? subject = null, ConnectionOptions? options = null) =>
        BoxConnection.FromClientCredentials("box-client", new Secret(secret), subject ?? Enterprise, Emulator.ApiUri, options: options);

    private protected BoxConnection ByToken(string token = "box-token") => BoxConnection.FromAccessToken(new Secret(token), Emulator.ApiUri);

    private protected async Task<ConfigFile> AppConfig() => new((await Control(HttpMethod.Get, "box-config")).ToJsonString());

    private protected Task<long> TokenRequests() => Stat("token.requests");

    private protected static async Task<FileVersionException> Fails(Func<Task> work, FileVersionErrorKind kind)
    {
        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(work);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }
}
