using System.Diagnostics;
using System.Management.Automation;

namespace FileVersions.PS.Output;

/// <summary>
/// The progress of a cmdlet over many files: shown after the first second, renewed at most four times a second, and taken away at
/// the end. Between, it costs a look at the clock a page; where progress is not wanted, not even that.
/// </summary>
internal sealed class ProgressMeter
{
    // Drawing takes at most one part in so many.
    private const int CostShare = 20;

    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Cmdlet _owner;
    private readonly string _activity;
    private readonly int? _total;
    private readonly Stopwatch? _clock;
    private TimeSpan _next = s_start;
    private bool _isShown;

    /// <summary>Starts to measure.</summary>
    /// <param name="owner">Writes the progress, on its pipeline's thread.</param>
    /// <param name="activity">What goes on.</param>
    /// <param name="total">How many files there are; null where the pipeline has yet to bring them.</param>
    internal ProgressMeter(PSCmdlet owner, string activity, int? total)
    {
        _owner = owner;
        _activity = activity;
        _total = total;
        _clock = IsWanted(owner) ? Stopwatch.StartNew() : null;
    }

    /// <summary>The maximum time the owner should wait for output before it checks <see cref="IsDue"/>.</summary>
    internal TimeSpan MaxWait => _clock is null ? Timeout.InfiniteTimeSpan : s_interval;

    /// <summary>Whether it is time to show how far the work is.</summary>
    internal bool IsDue => _clock is not null && _clock.Elapsed >= _next;

    /// <summary>So many a second since the start.</summary>
    internal double RateOf(long count) => count / _clock!.Elapsed.TotalSeconds;

    /// <summary>Shows how far the work is; called when that is due.</summary>
    /// <param name="filesDone">Files that are done.</param>
    /// <param name="status">How far it is, in words.</param>
    /// <param name="fraction">How much of the work is done, from 0 to 1; null to go by the files.</param>
    internal void Show(int filesDone, string status, double? fraction = null)
    {
        TimeSpan elapsed = _clock!.Elapsed;
        _isShown = true;
        var record = new ProgressRecord(0, _activity, status);
        double? done = fraction ?? (_total is { } total and > 0 ? (double)filesDone / total : null);
        if (done is { } part)
        {
            record.PercentComplete = (int)Math.Min(100, (100 * part) + 1e-9);
            if (part > 0)
            {
                record.SecondsRemaining = (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * Math.Max(0, 1 - part) / part);
            }
        }

        // A host may take its time to draw: the work is not to wait for it more than a little.
        TimeSpan before = _clock.Elapsed;
        _owner.WriteProgress(record);
        TimeSpan after = _clock.Elapsed;
        var rest = TimeSpan.FromTicks(CostShare * (after - before).Ticks);
        _next = after + (rest > s_interval ? rest : s_interval);
    }

    /// <summary>Such as <c>3 of 40 files</c>.</summary>
    internal string Files(int filesDone) => _total is { } all
        ? Texts.ProgressFilesOf.FormatWith(filesDone, all)
        : Texts.ProgressFiles.FormatWith(filesDone);

    /// <summary>Takes the progress away, where it was shown.</summary>
    internal void Complete()
    {
        if (_isShown)
        {
            _isShown = false;
            _owner.WriteProgress(new ProgressRecord(0, _activity, _activity) { RecordType = ProgressRecordType.Completed });
        }
    }

    private static bool IsWanted(PSCmdlet owner)
    {
        // -ProgressAction came with PowerShell 7.4.
        object? preference = owner.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out object? action)
            ? action
            : owner.GetVariableValue("ProgressPreference");
        return !LanguagePrimitives.TryConvertTo(preference, out ActionPreference wanted)
            || wanted is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
