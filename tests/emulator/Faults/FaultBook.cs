using FileVersions.Emulator.Data;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Faults;

/// <summary>The active fault rules. The first one that matches a request applies.</summary>
internal sealed class FaultBook
{
    private readonly Lock _gate = new();
    private volatile Entry[] _entries = [];

    internal void Set(IReadOnlyList<FaultRule> rules)
    {
        if (rules.Any(rule => rule.Every < 1))
        {
            throw new InvalidDataException("'every' must be at least 1.");
        }

        _entries = [.. rules.Select(rule => new Entry(rule))];
    }

    /// <summary>The fault that applies to a request, or null.</summary>
    internal FaultRule? Pick(Exchange exchange)
    {
        Entry[] entries = _entries;
        if (entries.Length == 0)
        {
            return null;
        }

        lock (_gate)
        {
            foreach (Entry entry in entries)
            {
                if (entry.Rule.Matches(exchange) && entry.CountMatch())
                {
                    return entry.Rule;
                }
            }
        }

        return null;
    }

    private sealed class Entry(FaultRule rule)
    {
        private int _seen;
        private int _struck;

        internal FaultRule Rule => rule;

        internal bool CountMatch()
        {
            int place = _seen++ - rule.AfterRequests;
            if (place < 0 || _struck >= rule.Times || (place + 1) % rule.Every != 0)
            {
                return false;
            }

            if (rule.Probability is { } chance && (Mix.Scramble((ulong)rule.Seed * Mix.Golden + (ulong)place) >> 11) >= chance * (1UL << 53))
            {
                return false;
            }

            _struck++;
            return true;
        }
    }
}
