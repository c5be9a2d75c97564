using FileVersions.Box;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Gets the versions of files in Box.</summary>
[Cmdlet(VerbsCommon.Get, "BoxFileVersion", DefaultParameterSetName = ListSet)]
[OutputType(typeof(BoxFileVersion))]
public sealed class GetBoxFileVersionCommand : GetVersionCommand<BoxFileVersion, BoxConnection>
{
    /// <summary>The fields to request. By default all that Box documents.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = SingleSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BoxFieldCompleter))]
    public string[]? Field { get; set; }

    /// <summary>The maximum number of versions in one response.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, 1000)]
    public int PageSize { get; set; } = 1000;

    /// <summary>Returns the current version first.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeCurrent { get; set; }

    /// <summary>The id of the user to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    private protected override VersionListOptions ListOptions => base.ListOptions with
    {
        Fields = BoxFieldNames.Parse(Field),
        PageSize = PageSize,
        IncludeCurrent = IncludeCurrent,
    };

    /// <inheritdoc/>
    protected override IVersionService<BoxFileVersion> CreateService(BoxConnection connection) => new BoxClient(connection.ForUser(AsUser));
}
