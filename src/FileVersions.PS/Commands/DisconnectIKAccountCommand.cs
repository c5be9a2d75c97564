using FileVersions.ImageKit;
using FileVersions.PS.Accounts;

namespace FileVersions.PS.Commands;

/// <summary>Forgets the ImageKit account of this session.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "IKAccount")]
public sealed class DisconnectIKAccountCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => SessionAccounts.Current.Remove<IKConnection>();
}
