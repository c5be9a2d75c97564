using FileVersions.Box;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Saves the contents of versions of files in Box as local files.</summary>
[Cmdlet(VerbsData.Save, "BoxFileVersion", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveBoxFileVersionCommand : SaveCommand<BoxFileVersion, BoxConnection>
{
    /// <summary>The id of the user to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    /// <inheritdoc/>
    protected override IVersionService<BoxFileVersion> CreateService(BoxConnection connection) => new BoxClient(connection.ForUser(AsUser));

    private protected override IContentService CreateContentService(BoxConnection connection) => new BoxContentService(connection);
}
