using System.Collections;
using FileVersions.Box;
using FileVersions.Exporting;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Exports the versions of files in Box to a JSON Lines or CSV file.</summary>
[Cmdlet(VerbsData.Export, "BoxFileVersion", DefaultParameterSetName = FileSet, SupportsShouldProcess = true)]
[OutputType(typeof(ExportSummary))]
public sealed class ExportBoxFileVersionCommand : ExportCommand<BoxFileVersion, BoxConnection>
{
    /// <summary>Exports the current versions too.</summary>
    [Parameter]
    public SwitchParameter IncludeCurrent { get; set; }

    /// <summary>The id of the user to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    private protected override Hashtable SessionParameters
    {
        get
        {
            Hashtable parameters = base.SessionParameters;
            parameters[nameof(IncludeCurrent)] = IncludeCurrent.ToBool();
            if (AsUser is not null)
            {
                parameters[nameof(AsUser)] = AsUser;
            }

            return parameters;
        }
    }

    /// <inheritdoc/>
    protected override IVersionService<BoxFileVersion> CreateService(BoxConnection connection) => new BoxClient(connection.ForUser(AsUser));

    private protected override ExportSettings CreateSettings(ExportFormat format) => new("Box", format, BoxColumns.Version, IncludeCurrent);

    private protected override string ParseFileId(string text) => BoxWebAddress.ParseFileId(text);
}
