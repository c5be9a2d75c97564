using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.Saving;

namespace FileVersions.PS.BaseCommands;

/// <summary>What the cmdlets that save versions have in common.</summary>
/// <typeparam name="TConnection">The account's type.</typeparam>
public abstract class SaveCommand<TConnection> : ThrottledCommand<FileInfo, TConnection>
    where TConnection : ServiceConnection
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private VersionSaver? _saver;

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

    /// <summary>The folder to save to, made if need be, or the name of a file for one version; by default the current folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>Replaces files whose content is another.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Puts out the files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Makes what saves the versions of this service.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="destination">Where to.</param>
    private protected abstract VersionSaver CreateSaver(TConnection connection, SaveDestination destination);

    /// <inheritdoc/>
    protected override void Open(TConnection connection) => _saver = CreateSaver(connection, ResolveDestination());

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string fileId in FileId)
        {
            string subject = ErrorTexts.Subject(fileId, VersionId);
            if (!ShouldProcess(subject, string.Format(CultureInfo.CurrentCulture, Texts.ActionSave, Destination)))
            {
                continue;
            }

            var work = _saver!.Prepare(Describe(fileId, VersionId));
            bool passThru = PassThru;
            Add(fileId, async (context, stop) =>
            {
                FileInfo file = await work(context, stop).ConfigureAwait(false);
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
            // What was being written is removed before the command is over, for the process may end with it.
            _saver?.WaitUntilIdle(s_patience);
        }
    }

    private SaveDestination ResolveDestination()
    {
        try
        {
            string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem")
            {
                throw new FileVersionException(
                    FileVersionErrorKind.InvalidRequest,
                    string.Format(CultureInfo.CurrentCulture, Texts.DestinationNotFileSystem, Destination));
            }

            bool namesFolder = Destination[Destination.Length - 1] is '/' or '\\';
            return SaveDestination.FromPath(Path.GetFullPath(namesFolder ? path + Path.DirectorySeparatorChar : path));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest,
                string.Format(CultureInfo.CurrentCulture, Texts.DestinationImpossible, ShownText.Of(Destination)),
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
