using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.Saving;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>What the cmdlets that save versions have in common.</summary>
/// <typeparam name="TConnection">The account's type.</typeparam>
public abstract class SaveCommand<TConnection> : ThrottledCommand<FileInfo, TConnection>
    where TConnection : ServiceConnection
{
    private const string FolderSet = "Folder";
    private const string FileSet = "File";

    private static readonly TimeSpan s_cancellationTimeout = TimeSpan.FromSeconds(10);

    private VersionSaver? _saver;
    private IContentService? _service;

    /// <summary>The ids of the files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public string[] FileId { get; set; } = [];

    /// <summary>The id of the version.</summary>
    public abstract string VersionId { get; set; }

    /// <summary>The version as <c>Get-*</c> puts it out: what it tells need not be asked for.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The folder to save to, which is created if needed. Default: the current folder.</summary>
    [Parameter(ParameterSetName = FolderSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>Whether to save each version under its file's path, without the version in the name.</summary>
    [Parameter(ParameterSetName = FolderSet)]
    public SwitchParameter Tree { get; set; }

    /// <summary>The file to save a single version to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string OutFile { get; set; } = string.Empty;

    /// <summary>Whether to replace files that have different content.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Puts out the files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Creates the service that locates the contents.</summary>
    /// <param name="connection">The account.</param>
    private protected abstract IContentService CreateContentService(TConnection connection);

    /// <inheritdoc/>
    protected override void Open(TConnection connection)
    {
        _saver = new VersionSaver(ResolveDestination(), Force);
        _service = CreateContentService(connection);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string fileId in FileId)
        {
            string subject = ErrorTexts.Subject(fileId, VersionId);
            if (!ShouldProcess(subject, string.Format(CultureInfo.CurrentCulture, Texts.ActionSave, GivenPath)))
            {
                continue;
            }

            var save = _saver!.Prepare(_service!, Describe(fileId, VersionId));
            bool passThru = PassThru;
            Add(fileId, async (context, stop) =>
            {
                // A download holds its request slot from its first byte to its last.
                FileInfo file = await context.RequestAsync(inner => save(context.Log, inner), stop).ConfigureAwait(false);
                if (passThru)
                {
                    context.Emit([file]);
                }
            });
        }
    }

    private protected override void ShowProgress(ProgressMeter progress, int filesDone)
    {
        SaveProgress saved = _saver!.Progress;
        progress.Show(
            filesDone,
            string.Format(
                CultureInfo.CurrentCulture,
                Texts.ProgressSaved,
                saved.Finished,
                ByteCount.Describe(saved.Bytes),
                ByteCount.Describe(progress.RateOf(saved.Bytes))),
            MyInvocation.ExpectingInput ? null : saved.Fraction);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            // Temporary files must be removed before the command ends, because the process may end with it.
            _saver?.WaitUntilIdle(s_cancellationTimeout);
        }
    }

    private string GivenPath => ParameterSetName == FileSet ? OutFile : Destination;

    private SaveDestination ResolveDestination()
    {
        try
        {
            string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(GivenPath, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem")
            {
                throw new FileVersionException(
                    FileVersionErrorKind.InvalidRequest, string.Format(CultureInfo.CurrentCulture, Texts.DestinationNotFileSystem, GivenPath));
            }

            path = Path.GetFullPath(path);
            return ParameterSetName == FileSet ? SaveDestination.ToFile(path) : Tree ? SaveDestination.ToTree(path) : SaveDestination.ToFolder(path);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest,
                string.Format(CultureInfo.CurrentCulture, Texts.DestinationImpossible, ShownText.Of(GivenPath)),
                e);
        }
    }

    private VersionToSave Describe(string fileId, string versionId)
    {
        if (InputObject is not { } input || Text(input, "VersionId") != versionId || (Text(input, "FileId") ?? Text(input, "Id")) != fileId)
        {
            return new VersionToSave(fileId, versionId);
        }

        object? dateThere = Value(input, "ModifiedAt") ?? Value(input, "UpdatedAt") ?? Value(input, "CreatedAt");
        DateTimeOffset? date = VersionDate.Read(dateThere);
        if (dateThere is not null && date is null)
        {
            // The service knows the date. All is asked for then, so that the file gets that one instead of none.
            return new VersionToSave(fileId, versionId);
        }

        return new VersionToSave(fileId, versionId)
        {
            Name = Text(input, "Name"),
            FilePath = Text(input, "FilePath"),
            Size = Value(input, "Size") is { } size && LanguagePrimitives.TryConvertTo(size, out long bytes) ? bytes : null,
            Sha1 = Text(input, "Sha1"),
            Url = Text(input, "Url"),
            Date = date,
        };
    }

    // By the names of the properties: so a version may as well come from a CSV file, a job or another computer.
    private static string? Text(PSObject input, string name) => Value(input, name)?.ToString() is { Length: > 0 } text ? text : null;

    private static object? Value(PSObject input, string name) => input.Properties[name]?.Value is { } value and not "" ? value : null;
}
