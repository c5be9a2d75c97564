using FileVersions.Keeping;
using FileVersions.PS.BaseCommands;

namespace FileVersions.PS.Commands;

/// <summary>Measures how many versions files have and how much space they use.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "FileVersion")]
[OutputType(typeof(FileVersionMeasure))]
public sealed class MeasureFileVersionCommand : FileGroupCommand
{
    private FileVersionMeasure _total = new();

    /// <summary>Returns one object for all files together.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Total)
        {
            WriteObject(_total);
        }
    }

    private protected override void ProcessFile(IReadOnlyList<VersionEntry> versions)
    {
        FileVersionMeasure measure = Usage.Measure(versions);
        if (Total)
        {
            _total = Usage.Add(_total, measure);
        }
        else
        {
            WriteObject(measure);
        }
    }
}
