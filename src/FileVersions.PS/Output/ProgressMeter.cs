using System.Diagnostics;

namespace FileVersions.PS.Output;

/// <summary>
/// Shows the progress of a cmdlet over many files: after the first second, at most four times a second, until the work ends. If progress is
/// not wanted, it does not even read the clock.
/// </summary>
/// <param name="owner">Writes the progress, on the pipeline thread.</param>
/// <param name="activity">The name of the activity.</param>
/// <param name="total">The number of files; null if they come from the pipeline.</param>
internal sealed class ProgressMeter(PSCmdlet owner, string activity, int? total)
{
    // Drawing takes at most one twentieth of the time.
    private const int CostShare = 20;

    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch? _clock = IsWanted(owner) ? Stopwatch.StartNew() : null;
    private TimeSpan _next = s_start;
    private bool _isShown;

    /// <summary>The maximum time the owner should wait for output before it checks <see cref="IsDue"/>.</summary>
    internal TimeSpan MaxWait => _clock is null ? Timeout.InfiniteTimeSpan : s_interval;

    /// <summary>Whether it is time to show the progress.</summary>
    internal bool IsDue => _clock is not null && _clock.Elapsed >= _next;

    /// <summary>The rate per second since the start.</summary>
    internal double RateOf(long count) => count / _clock!.Elapsed.TotalSeconds;

    /// <summary>Shows the progress. Call it when <see cref="IsDue"/>.</summary>
    /// <param name="filesDone">The number of files that are done.</param>
    /// <param name="status">The progress in words.</param>
    /// <param name="fraction">The completed fraction of the work, from 0 to 1; null to calculate it from the number of files.</param>
    internal void Show(int filesDone, string status, double? fraction = null)
    {
        TimeSpan elapsed = _clock!.Elapsed;
        _isShown = true;
        var record = new ProgressRecord(0, activity, status);
        double? done = fraction ?? (total > 0 ? (double)filesDone / total : null);
        if (done is { } part)
        {
            record.PercentComplete = (int)Math.Min(100, (100 * part) + 1e-9);
            if (part > 0)
            {
                record.SecondsRemaining = (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * Math.Max(0, 1 - part) / part);
            }
        }

        // Some hosts draw slowly, and the work waits for them.
        TimeSpan before = _clock.Elapsed;
        owner.WriteProgress(record);
        TimeSpan after = _clock.Elapsed;
        var rest = TimeSpan.FromTicks(CostShare * (after - before).Ticks);
        _next = after + (rest > s_interval ? rest : s_interval);
    }

    /// <summary>The number of files in words, such as <c>3 of 40 files</c>.</summary>
    internal string Files(int filesDone) => total is { } all
        ? Texts.ProgressFilesOf.FormatWith(filesDone, all)
        : Texts.ProgressFiles.FormatWith(filesDone);

    /// <summary>Removes the progress if it was shown.</summary>
    internal void Complete()
    {
        if (_isShown)
        {
            _isShown = false;
            owner.WriteProgress(new ProgressRecord(0, activity, activity) { RecordType = ProgressRecordType.Completed });
        }
    }

    private static bool IsWanted(PSCmdlet owner)
    {
        // PowerShell 7.4 added -ProgressAction.
        object? preference = owner.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out object? action)
            ? action
            : owner.GetVariableValue("ProgressPreference");
        return !LanguagePrimitives.TryConvertTo(preference, out ActionPreference wanted)
            || wanted is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
