using System;
using System.Collections.Generic;
using System.Linq;

namespace FileVersions.Http;

/// <summary>
/// The gates of this process, one for each account at each address: connections of the same account share it, in whichever runspace
/// they were made, since the service counts their requests together.
/// </summary>
internal static class AccountGates
{
    private const int FewestToSweep = 64;

    private static readonly Dictionary<string, WeakReference<AccountGate>> s_gates = new(StringComparer.Ordinal);
    private static int s_sweepAt = FewestToSweep;

    /// <summary>How many are remembered, those included that nobody uses any more and that were not swept up yet.</summary>
    internal static int Count
    {
        get
        {
            lock (s_gates)
            {
                return s_gates.Count;
            }
        }
    }

    /// <summary>The gate of an account. It lives as long as somebody holds it.</summary>
    /// <param name="account">What tells the account from all others; no secret.</param>
    internal static AccountGate Get(string account)
    {
        lock (s_gates)
        {
            if (s_gates.TryGetValue(account, out WeakReference<AccountGate>? known) && known.TryGetTarget(out AccountGate? gate))
            {
                return gate;
            }

            if (s_gates.Count >= s_sweepAt)
            {
                Sweep();
            }

            gate = new AccountGate();
            s_gates[account] = new WeakReference<AccountGate>(gate);
            return gate;
        }
    }

    private static void Sweep()
    {
        foreach (string account in s_gates.Where(entry => !entry.Value.TryGetTarget(out _)).Select(entry => entry.Key).ToArray())
        {
            s_gates.Remove(account);
        }

        s_sweepAt = Math.Max(FewestToSweep, 2 * s_gates.Count);
    }
}
