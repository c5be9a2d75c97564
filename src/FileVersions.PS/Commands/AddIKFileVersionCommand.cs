using FileVersions.ImageKit;
using FileVersions.ImageKit.Uploads;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Adds local files as new versions of files in ImageKit.</summary>
[Cmdlet(VerbsCommon.Add, "IKFileVersion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(IKFileVersion))]
public sealed class AddIKFileVersionCommand : AddCommand<IKFileVersion, IKConnection>
{
    /// <inheritdoc/>
    protected override IVersionUploader<IKFileVersion> CreateService(IKConnection connection) => new IKVersionUploader(connection);
}
