namespace FileVersions.Http.Throttling;

/// <summary>
/// The throttles of this process, one for each account. Connections of one account share a throttle, in whichever runspace they were
/// created, because the service counts their requests together.
/// </summary>
internal static class ThrottleRegistry
{
    private const int MinSweepCount = 64;

    private static readonly Dictionary<string, WeakReference<Throttle>> s_throttles = new(StringComparer.Ordinal);
    private static int s_sweepAt = MinSweepCount;

    /// <summary>The number of entries, including those whose throttle was collected since the last sweep.</summary>
    internal static int Count
    {
        get
        {
            lock (s_throttles)
            {
                return s_throttles.Count;
            }
        }
    }

    /// <summary>Returns the throttle of an account. The registry does not keep it alive.</summary>
    /// <param name="account">Identifies the account; contains no secret.</param>
    /// <param name="clock">The clock of the throttle, if it does not exist yet.</param>
    internal static Throttle Get(string account, IClock clock)
    {
        lock (s_throttles)
        {
            if (s_throttles.TryGetValue(account, out WeakReference<Throttle>? known) && known.TryGetTarget(out Throttle? throttle))
            {
                return throttle;
            }

            if (s_throttles.Count >= s_sweepAt)
            {
                Sweep();
            }

            throttle = new Throttle(clock);
            s_throttles[account] = new WeakReference<Throttle>(throttle);
            return throttle;
        }
    }

    private static void Sweep()
    {
        foreach (string account in s_throttles.Where(entry => !entry.Value.TryGetTarget(out _)).Select(entry => entry.Key).ToArray())
        {
            s_throttles.Remove(account);
        }

        s_sweepAt = Math.Max(MinSweepCount, 2 * s_throttles.Count);
    }
}
