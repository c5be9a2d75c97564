using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Gets the versions of files in ImageKit.</summary>
[Cmdlet(VerbsCommon.Get, "IKFileVersion", DefaultParameterSetName = ListSet)]
[OutputType(typeof(IKFileVersion))]
public sealed class GetIKFileVersionCommand : GetVersionCommand<IKFileVersion, IKConnection>
{
    /// <inheritdoc/>
    protected override IVersionService<IKFileVersion> CreateService(IKConnection connection) => new IKClient(connection);
}
