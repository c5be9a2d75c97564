using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Saves the contents of versions of files in ImageKit as local files.</summary>
[Cmdlet(VerbsData.Save, "IKFileVersion", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveIKFileVersionCommand : SaveCommand<IKFileVersion, IKConnection>
{
    /// <inheritdoc/>
    protected override IVersionService<IKFileVersion> CreateService(IKConnection connection) => new IKClient(connection);

    private protected override IContentService CreateContentService(IKConnection connection) => new IKContentService(connection);
}
