namespace FileVersions.Emulator.Data;

/// <summary>Deterministic hashing of numbers and texts, so that generated data is varied and never changes.</summary>
internal static class Mix
{
    internal const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The finalizer of SplitMix64: a bijection in which every input bit reaches every output bit.</summary>
    internal static ulong Scramble(ulong value)
    {
        value += Golden;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    internal static ulong Hash(string text)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return Scramble(hash);
    }

    /// <summary>A sequence of pseudo-random numbers.</summary>
    internal sealed class Sequence(ulong seed)
    {
        private ulong _state = seed;

        /// <summary>The next number from 0 to below <paramref name="end"/>.</summary>
        internal int Next(int end) => (int)(Scramble(_state++) % (ulong)end);
    }
}
