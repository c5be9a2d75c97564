using System.Globalization;
using System.Management.Automation;
using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;

namespace FileVersions.PS.BaseCommands;

/// <summary>What the cmdlets that change versions have in common.</summary>
/// <typeparam name="TItem">The version's type.</typeparam>
/// <typeparam name="TConnection">The account's type.</typeparam>
public abstract class ChangeCommand<TItem, TConnection> : FetchCommand<TItem, TConnection>
    where TItem : class
    where TConnection : ServiceConnection
{
    /// <summary>The ids of the files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public string[] FileId { get; set; } = [];

    /// <summary>The id of the version.</summary>
    public abstract string VersionId { get; set; }

    /// <summary>What is done, for the question whether to do it.</summary>
    protected abstract string Action { get; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (string fileId in FileId)
        {
            if (ShouldProcess(ErrorTexts.Subject(fileId, VersionId), Action))
            {
                Change(fileId, VersionId);
            }
        }
    }

    // Each version is work of its own.
    private protected sealed override void ShowProgress(ProgressMeter progress, int filesDone) =>
        progress.Show(
            filesDone,
            string.Format(CultureInfo.CurrentCulture, Texts.ProgressVersions, filesDone, progress.RateOf(filesDone)));

    /// <summary>Does it, now or later.</summary>
    /// <param name="fileId">The file's id.</param>
    /// <param name="versionId">The version's id.</param>
    protected abstract void Change(string fileId, string versionId);
}
