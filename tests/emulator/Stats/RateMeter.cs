using System.Diagnostics;

namespace FileVersions.Emulator.Stats;

/// <summary>The maximum number of events within one second, in steps of a tenth.</summary>
internal sealed class RateMeter
{
    private const int Steps = 10;
    private readonly int[] _steps = new int[Steps];
    private long _now;
    private int _sum;

    internal int Highest { get; private set; }

    internal void Count(long timestamp)
    {
        long step = timestamp / (Stopwatch.Frequency / Steps);
        if (step - _now >= Steps)
        {
            Array.Clear(_steps);
            _sum = 0;
            _now = step;
        }

        for (; _now < step; _now++)
        {
            ref int oldest = ref _steps[(_now + 1) % Steps];
            _sum -= oldest;
            oldest = 0;
        }

        _steps[step % Steps]++;
        Highest = Math.Max(Highest, ++_sum);
    }
}
