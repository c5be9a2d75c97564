using System.Management.Automation;
using FileVersions.Box;

namespace FileVersions.PS.Commands;

/// <summary>Forgets the Box account of this session.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "BoxAccount")]
public sealed class DisconnectBoxAccountCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Accounts.Current.Remove<BoxConnection>();
}
