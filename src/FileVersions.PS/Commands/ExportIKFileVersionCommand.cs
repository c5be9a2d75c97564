using FileVersions.Exporting;
using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Exports the versions of files in ImageKit to a JSON Lines or CSV file.</summary>
[Cmdlet(VerbsData.Export, "IKFileVersion", DefaultParameterSetName = FileSet, SupportsShouldProcess = true)]
[OutputType(typeof(ExportSummary))]
public sealed class ExportIKFileVersionCommand : ExportCommand<IKFileVersion, IKConnection>
{
    /// <inheritdoc/>
    protected override IVersionService<IKFileVersion> CreateService(IKConnection connection) => new IKClient(connection);

    // ImageKit's list contains the current version.
    private protected override ExportSettings CreateSettings(ExportFormat format) => new("ImageKit", format, IKColumns.Version, includeCurrent: true);

    private protected override string ParseFileId(string text) => text;
}
