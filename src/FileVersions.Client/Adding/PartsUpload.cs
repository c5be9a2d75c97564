using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Http.Pipeline;
using FileVersions.Services;

namespace FileVersions.Adding;

/// <summary>
/// Sends a file in parts, several at a time. Each request slot reads the next part, so the file is read once and in order, and at most
/// as many parts are in memory as there are slots.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphore allocates nothing that must be released.")]
internal sealed class PartsUpload<TVersion>(
    IUploadSession<TVersion> session, LocalFile file, IRequestContext context, ServiceConnection connection, PartBuffers buffers, Action<int> onSent)
    where TVersion : class, IFileVersion
{
    // Box recommends three to five.
    private const int MaxParallelParts = 4;

    private readonly UploadedPart[] _parts = new UploadedPart[(int)((file.Length + session.PartSize - 1) / session.PartSize)];
    private readonly SemaphoreSlim _reading = new(1);
    private int _next;
    private Exception? _failure;

    /// <returns>The parts in their order, and the SHA-1 of the whole content in hexadecimal digits.</returns>
    /// <exception cref="FileVersionException">The file cannot be read or has changed, or a part cannot be sent.</exception>
    internal async Task<(IReadOnlyList<UploadedPart> Parts, string Sha1)> RunAsync(CancellationToken cancellationToken)
    {
        using IncrementalHash hash = ContentHash.Create();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int count = Math.Min(Math.Min(MaxParallelParts, context.ThrottleLimit), _parts.Length);
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => SendPartsAsync(hash, stop))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Capture(_failure).Throw();
        }

        return (_parts, ContentHash.ToHex(hash.GetHashAndReset()));
    }

    private async Task SendPartsAsync(IncrementalHash hash, CancellationTokenSource stop)
    {
        try
        {
            while (await context.RequestWithoutOutputAsync(inner => SendNextAsync(hash, inner), stop.Token).ConfigureAwait(false))
            {
            }
        }
#pragma warning disable CA1031 // RunAsync throws the first failure. The others follow from it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            stop.Cancel();
        }
    }

    /// <returns>False if no part is left.</returns>
    private async Task<bool> SendNextAsync(IncrementalHash hash, CancellationToken cancellationToken)
    {
        byte[] buffer = buffers.Rent(session.PartSize);
        try
        {
            int index;
            int size;
            await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (_next == _parts.Length)
                {
                    return false;
                }

                index = _next++;
                size = (int)Math.Min(session.PartSize, file.Length - OffsetOf(index));
                await file.ReadExactlyAsync(buffer, size, cancellationToken).ConfigureAwait(false);
                hash.AppendData(buffer, 0, size);
            }
            finally
            {
                _reading.Release();
            }

            var content = new UploadContent(buffer, size, ContentHash.Compute(buffer, size), onSent);
            _parts[index] = await SendAsync(OffsetOf(index), content, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    /// <summary>Sends a part. After a failure, looks among the stored parts before it sends the part again.</summary>
    private async Task<UploadedPart> SendAsync(long offset, UploadContent content, CancellationToken cancellationToken)
    {
        for (int retry = 0; ; retry++)
        {
            try
            {
                return await session.SendPartAsync(offset, content, cancellationToken).ConfigureAwait(false);
            }
            catch (FileVersionException e) when (MayBeStored(e))
            {
                if (await FindStoredAsync(offset, content.Size, e, cancellationToken).ConfigureAwait(false) is { } part)
                {
                    return part;
                }

                TimeSpan delay = e.RetryAfter ?? RetryPolicy.BackOff(retry, connection.Jitter());
                if (retry >= connection.MaximumRetryCount || delay > RetryPolicy.MaxTotalDelay)
                {
                    throw;
                }

                await connection.Clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Conflict: the service has a part at this place already.
    private static bool MayBeStored(FileVersionException failure) => failure.Kind
        is FileVersionErrorKind.ConnectionFailed
        or FileVersionErrorKind.RequestTimedOut
        or FileVersionErrorKind.ServiceUnavailable
        or FileVersionErrorKind.InvalidResponse
        or FileVersionErrorKind.Conflict;

    private async Task<UploadedPart?> FindStoredAsync(long offset, long size, FileVersionException failure, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<UploadedPart> stored = await session.ListPartsAsync(cancellationToken).ConfigureAwait(false);
            return stored.FirstOrDefault(part => part.Offset == offset && part.Size == size);
        }
        catch (FileVersionException e) when (e.StatusCode != HttpStatusCode.Gone)
        {
            // The failure of the part says more.
            ExceptionDispatchInfo.Capture(failure).Throw();
            throw;
        }
    }

    private long OffsetOf(int index) => (long)index * session.PartSize;
}
