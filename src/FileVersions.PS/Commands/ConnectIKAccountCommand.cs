using System.Security;
using FileVersions.Http;
using FileVersions.ImageKit;
using FileVersions.PS.Accounts;
using FileVersions.PS.BaseCommands;

namespace FileVersions.PS.Commands;

/// <summary>Connects an ImageKit account for this session.</summary>
[Cmdlet(VerbsCommunications.Connect, "IKAccount")]
[OutputType(typeof(IKConnection))]
public sealed class ConnectIKAccountCommand : ConnectCommand
{
    /// <summary>The private key, as a SecureString or a string.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SecretTransformation]
    public SecureString? PrivateKey { get; set; }

    /// <inheritdoc/>
    protected override ServiceConnection Connect(ConnectionOptions options) =>
        IKConnection.FromPrivateKey(new Secret(PrivateKey!), BaseUri, options);
}
