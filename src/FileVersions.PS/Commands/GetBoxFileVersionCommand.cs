using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using FileVersions.Box;
using FileVersions.Fetching;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Lists the versions of files in Box, or fetches single ones.</summary>
[Cmdlet(VerbsCommon.Get, "BoxFileVersion", DefaultParameterSetName = ListSet)]
[OutputType(typeof(BoxFileVersion))]
public sealed class GetBoxFileVersionCommand : ThrottledCommand<BoxFileVersion, BoxConnection>
{
    private const string ListSet = "List";
    private const string SingleSet = "Single";

    private BoxClient? _client;
    private VersionListOptions _options = new();

    /// <summary>The ids of the files, or their addresses on Box's web pages.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public string[] FileId { get; set; } = [];

    /// <summary>The id of the version to fetch.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SingleSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BoxVersionIdCompleter))]
    public string? VersionId { get; set; }

    /// <summary>The fields to ask for; by default every one that Box documents.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BoxFieldCompleter))]
    public string[]? Field { get; set; }

    /// <summary>The most versions for each file; by default all.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("First", "Top")]
    [ValidateRange(0, long.MaxValue)]
    public long? Limit { get; set; }

    /// <summary>Leaves out so many versions of each file.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("Skip")]
    [ValidateRange(0, long.MaxValue)]
    public long Offset { get; set; }

    /// <summary>The most versions to ask for in one request.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, 1000)]
    public int PageSize { get; set; } = 1000;

    /// <summary>Puts the current version first.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeCurrent { get; set; }

    /// <summary>The id of the user to act for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    /// <inheritdoc/>
    protected override void Open(BoxConnection connection)
    {
        _client = new BoxClient(connection.ForUser(AsUser));
        _options = new VersionListOptions { Fields = SplitFields(), Limit = Limit, Offset = Offset, PageSize = PageSize, IncludeCurrent = IncludeCurrent };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The property changes with the next input while the work still goes on.
        string? versionId = VersionId;
        foreach (string fileId in FileId)
        {
            Add(
                fileId,
                versionId is null
                    ? (context, stop) => _client!.FetchVersionsAsync(fileId, _options, context, stop)
                    : (context, stop) => context.EmitAsync(token => _client!.GetVersionAsync(fileId, versionId, _options, context.Log, token), stop));
        }
    }

    private List<string>? SplitFields() =>
        Field?.SelectMany(field => field.Split([','], StringSplitOptions.RemoveEmptyEntries)).Select(field => field.Trim()).ToList();
}
