using System.Threading;

namespace FileVersions.Saving;

/// <summary>How far a saving has come. Read from any thread.</summary>
public sealed class SaveProgress
{
    private long _bytes;
    private long _expected;
    private int _finished;

    /// <summary>Bytes received so far, those of tries that failed included.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Versions done so far, be they saved or found in their place.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>How much of the versions begun so far has come, from 0 to 1; null while their sizes are not known.</summary>
    public double? Fraction => Interlocked.Read(ref _expected) is var expected and > 0 ? System.Math.Min(1, (double)Bytes / expected) : null;

    internal void Expect(long bytes) => Interlocked.Add(ref _expected, bytes);

    internal void Received(int count) => Interlocked.Add(ref _bytes, count);

    internal void Finish() => Interlocked.Increment(ref _finished);
}
