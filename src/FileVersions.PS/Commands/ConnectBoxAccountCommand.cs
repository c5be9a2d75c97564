using System.Security;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.PS.Accounts;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Parameters;

namespace FileVersions.PS.Commands;

/// <summary>Connects a Box account for this session.</summary>
[Cmdlet(VerbsCommunications.Connect, "BoxAccount", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(BoxConnection))]
public sealed class ConnectBoxAccountCommand : ConnectCommand
{
    private const string TokenSet = "AccessToken";
    private const string ClientSet = "ClientCredentials";
    private const string CredentialSet = "Credential";
    private const string ConfigSet = "Config";

    /// <summary>The token, as a SecureString or a string.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TokenSet)]
    [SecretTransformation]
    public SecureString? AccessToken { get; set; }

    /// <summary>The client id of the application.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>The client secret of the application, as a SecureString or a string.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet)]
    [SecretTransformation]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The client id and the client secret of the application, as user name and password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The application's configuration file from Box's developer console.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConfigSet)]
    [ValidateNotNullOrEmpty]
    public string? ConfigPath { get; set; }

    /// <summary>The enterprise in which the application's service account signs in.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ConfigSet)]
    [ValidateNotNullOrEmpty]
    public string? EnterpriseId { get; set; }

    /// <summary>The user for whom the application signs in.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ConfigSet)]
    [ValidateNotNullOrEmpty]
    public string? UserId { get; set; }

    /// <summary>The id of the user to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    /// <inheritdoc/>
    protected override ServiceConnection Connect(ConnectionOptions options) => ParameterSetName switch
    {
        ClientSet => BoxConnection.FromClientCredentials(ClientId!, new Secret(ClientSecret!), NeedSubject(), BaseUri, AsUser, options),
        CredentialSet => BoxConnection.FromClientCredentials(
            Credential!.UserName, new Secret(Credential.Password), NeedSubject(), BaseUri, AsUser, options),
        ConfigSet => BoxConnection.FromConfigFile(ResolvePath(), Subject(), BaseUri, AsUser, options),
        _ => BoxConnection.FromAccessToken(new Secret(AccessToken!), BaseUri, AsUser, options),
    };

    private BoxSubject NeedSubject() => Subject() ?? throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, Texts.SubjectMissing);

    private BoxSubject? Subject()
    {
        if (EnterpriseId is not null && UserId is not null)
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, Texts.SubjectTwice);
        }

        return EnterpriseId is not null ? BoxSubject.Enterprise(EnterpriseId)
            : UserId is not null ? BoxSubject.User(UserId)
            : null;
    }

    private string ResolvePath() =>
        this.ResolvePath(ConfigPath!, FileVersionErrorKind.InvalidConfiguration, Texts.PathNotOfFile, Texts.PathNotOfFile);
}
