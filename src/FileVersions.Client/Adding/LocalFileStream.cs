namespace FileVersions.Adding;

/// <summary>
/// Reads a local file for an upload. If the file has changed, reading fails before the last bytes, so the service never receives a
/// complete request.
/// </summary>
internal sealed class LocalFileStream(LocalFile file) : Stream
{
    private long _rest = file.Length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Length - _rest;
        set => throw new NotSupportedException();
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (offset != 0)
        {
            throw new NotSupportedException();
        }

        int next = (int)Math.Min(_rest, count);
        if (next > 0)
        {
            await file.ReadExactlyAsync(buffer, next, cancellationToken).ConfigureAwait(false);
            _rest -= next;
        }

        return next;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
