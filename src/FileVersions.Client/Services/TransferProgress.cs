namespace FileVersions.Services;

/// <summary>The progress of saving or adding many versions. Can be read from any thread.</summary>
public sealed class TransferProgress
{
    private long _bytes;
    private long _expected;
    private int _finished;

    /// <summary>Number of bytes transferred so far, including those of failed attempts.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Number of versions that have been transferred or were there already.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>Bytes transferred as a fraction of the size of all transfers started so far, from 0 to 1; null while no size is known.</summary>
    public double? Fraction => Interlocked.Read(ref _expected) is var expected and > 0 ? Math.Min(1, (double)Bytes / expected) : null;

    internal void Expect(long bytes) => Interlocked.Add(ref _expected, bytes);

    internal void Transferred(int count) => Interlocked.Add(ref _bytes, count);

    internal void Finish() => Interlocked.Increment(ref _finished);
}
