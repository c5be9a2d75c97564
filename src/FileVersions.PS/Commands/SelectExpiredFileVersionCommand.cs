using FileVersions.Keeping;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;

namespace FileVersions.PS.Commands;

/// <summary>Returns the versions that retention rules do not keep.</summary>
[Cmdlet(VerbsCommon.Select, "ExpiredFileVersion")]
[OutputType(typeof(PSObject), typeof(KeepDecision))]
public sealed class SelectExpiredFileVersionCommand : FileGroupCommand
{
    private RetentionRules? _rules;

    /// <summary>Keeps the newest past versions.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int KeepLast { get; set; }

    /// <summary>Keeps the newest version of each of the most recent hours that contain one.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int KeepHourly { get; set; }

    /// <summary>Keeps the newest version of each of the most recent days that contain one.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int KeepDaily { get; set; }

    /// <summary>Keeps the newest version of each of the most recent ISO 8601 weeks that contain one.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int KeepWeekly { get; set; }

    /// <summary>Keeps the newest version of each of the most recent months that contain one.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int KeepMonthly { get; set; }

    /// <summary>Keeps the newest version of each of the most recent years that contain one.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int KeepYearly { get; set; }

    /// <summary>Keeps the oldest past versions.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int KeepFirst { get; set; }

    /// <summary>Keeps versions that were in force at some time in this period.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan KeepWithin { get; set; }

    /// <summary>Expires versions with the same content as the next newer version.</summary>
    [Parameter]
    public SwitchParameter Duplicate { get; set; }

    /// <summary>The time zone in which hours, days, weeks, months and years are counted.</summary>
    [Parameter]
    [ValidateNotNull]
    [TimeZoneTransformation]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>The time that counts as the present.</summary>
    [Parameter]
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

    /// <summary>Returns the decision about every version instead, with its reasons.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var policy = new RetentionPolicy(Now)
        {
            TimeZone = TimeZone,
            Last = KeepLast,
            Hourly = KeepHourly,
            Daily = KeepDaily,
            Weekly = KeepWeekly,
            Monthly = KeepMonthly,
            Yearly = KeepYearly,
            First = KeepFirst,
            Within = KeepWithin,
            ExpireDuplicates = Duplicate,
        };
        try
        {
            _rules = new RetentionRules(policy);
        }
        catch (FileVersionException e)
        {
            ThrowTerminatingError(e.ToRecord(null));
        }
    }

    private protected override void ProcessFile(IReadOnlyList<VersionEntry> versions)
    {
        if (Explain)
        {
            WriteObject(_rules!.Explain(versions), enumerateCollection: true);
            return;
        }

        int trashed = versions.Count(static version => version.TrashedAt is not null);
        if (trashed > 0)
        {
            WriteVerbose(Texts.TrashedNotCounted.FormatWith(trashed, versions[0].FileId));
        }

        foreach (VersionEntry version in _rules!.SelectExpired(versions))
        {
            WriteObject(version.Source);
        }
    }
}
