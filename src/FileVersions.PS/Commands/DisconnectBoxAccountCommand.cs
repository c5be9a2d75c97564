using FileVersions.Box;
using FileVersions.PS.Accounts;

namespace FileVersions.PS.Commands;

/// <summary>Forgets the Box account of this session.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "BoxAccount")]
public sealed class DisconnectBoxAccountCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => SessionAccounts.Current.Remove<BoxConnection>();
}
