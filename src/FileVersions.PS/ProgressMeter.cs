using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace FileVersions.PS;

/// <summary>
/// The progress of a cmdlet over many files: shown after the first second, renewed at most four times a second, and taken away at
/// the end. Between, to count costs an addition and a look at the clock, once a page; where progress is not wanted, not even that.
/// </summary>
internal sealed class ProgressMeter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Cmdlet _owner;
    private readonly string _activity;
    private readonly int? _total;
    private readonly Stopwatch? _clock;
    private TimeSpan _next = s_patience;
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

    /// <summary>The shortest time between two updates, and the longest that the owner should wait before it reports.</summary>
    internal static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether anyone looks.</summary>
    internal bool IsOn => _clock is not null;

    /// <summary>Shows how far the work is, when it is time to.</summary>
    /// <param name="filesDone">Files that are done.</param>
    /// <param name="units">What else is counted, such as versions or bytes.</param>
    /// <param name="describe">Tells the units and their rate a second for the eye; called only when it is shown.</param>
    internal void Report(int filesDone, long units, Func<long, double, string> describe)
    {
        if (_clock is null || _clock.Elapsed < _next)
        {
            return;
        }

        TimeSpan elapsed = _clock.Elapsed;
        _next = elapsed + Interval;
        _isShown = true;
        string files = _total is { } all
            ? string.Format(CultureInfo.CurrentCulture, Texts.ProgressFilesOf, filesDone, all)
            : string.Format(CultureInfo.CurrentCulture, Texts.ProgressFiles, filesDone);
        var record = new ProgressRecord(0, _activity, $"{files}, {describe(units, units / elapsed.TotalSeconds)}");
        if (_total is { } total and > 0)
        {
            record.PercentComplete = (int)(100L * filesDone / total);
            if (filesDone > 0)
            {
                record.SecondsRemaining = (int)Math.Min(int.MaxValue, elapsed.TotalSeconds / filesDone * (total - filesDone));
            }
        }

        _owner.WriteProgress(record);
    }

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
