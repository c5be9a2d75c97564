namespace FileVersions.Emulator.Box;

/// <summary>The time in whole seconds, as in Box's replies.</summary>
internal static class BoxClock
{
    internal static DateTimeOffset Now(EmulatorSettings settings)
    {
        DateTimeOffset now = settings.Now().ToOffset(TimeSpan.FromHours(-8));
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
