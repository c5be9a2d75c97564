using System.Management.Automation;
using System.Security;
using FileVersions.Box;
using FileVersions.Http;

namespace FileVersions.PS.Commands;

/// <summary>Connects a Box account for this session.</summary>
[Cmdlet(VerbsCommunications.Connect, "BoxAccount")]
[OutputType(typeof(BoxConnection))]
public sealed class ConnectBoxAccountCommand : ConnectCommand
{
    /// <summary>The token, as a SecureString or a string.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SecretTransformation]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>The id of the user to act for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    /// <inheritdoc/>
    protected override ServiceConnection Connect(ConnectionOptions options) =>
        BoxConnection.FromAccessToken(new Secret(AccessToken), BaseUri, AsUser, options);
}
