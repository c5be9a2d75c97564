using FileVersions.Box;
using FileVersions.Box.Uploads;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Adds local files as new versions of files in Box.</summary>
[Cmdlet(VerbsCommon.Add, "BoxFileVersion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BoxFileVersion))]
public sealed class AddBoxFileVersionCommand : AddCommand<BoxFileVersion, BoxConnection>
{
    /// <summary>The new name of the file in Box. By default it keeps its name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The date of the content's last change. By default the time of the upload.</summary>
    [Parameter]
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The entity tag (ETag) that the file must have. By default any.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IfMatch { get; set; }

    /// <summary>The id of the user to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    /// <inheritdoc/>
    protected override IVersionUploader<BoxFileVersion> CreateService(BoxConnection connection) => new BoxVersionUploader(connection.ForUser(AsUser));

    private protected override VersionToAdd Describe(string path) =>
        base.Describe(path) with { Name = Name, ModifiedAt = ModifiedAt, ETag = IfMatch };
}
