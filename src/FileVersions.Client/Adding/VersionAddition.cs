using System.Net;
using FileVersions.Fetching;
using FileVersions.Http.Errors;
using FileVersions.Services;

namespace FileVersions.Adding;

/// <summary>Adds one version: a small content in one request, a large one in parts.</summary>
internal sealed class VersionAddition<TVersion>(
    IVersionUploader<TVersion> uploader, VersionToAdd version, IRequestContext context, PartBuffers buffers, TransferProgress progress) : IDisposable
    where TVersion : class, IFileVersion
{
    /// <summary>The size of the largest content that is kept in memory, in bytes.</summary>
    internal const int MaxBufferedSize = 20_000_000;

    private const int MaxSessions = 2;

    // An unfinished session is opened, and an abandoned one aborted, even after cancellation, but not for longer than this.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    private LocalFile? _file;
    private IUploadTarget<TVersion>? _target;

    /// <returns>The new version, or the current one if it has the same content.</returns>
    internal async Task<TVersion> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            TVersion added = await context.RequestAsync(TryFinishAsync, cancellationToken).ConfigureAwait(false)
                ?? await SendInPartsAsync(cancellationToken).ConfigureAwait(false);
            progress.Finish();
            return added;
        }
        catch (FileVersionException e) when (!e.IsAccountError)
        {
            string text = Texts.AddingFailed.FormatWith(version.Path, ErrorText.Subject(version.FileId, versionId: null), e.Message);
            throw e.WithMessage(text).WithFile(version.FileId);
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Does everything that needs one request slot.</summary>
    /// <returns>The version; null if its content has to be sent in parts.</returns>
    private async Task<TVersion?> TryFinishAsync(CancellationToken cancellationToken)
    {
        _file = LocalFile.Open(version.Path);
        UploadContent content = await ReadAsync(_file, cancellationToken).ConfigureAwait(false);
        _target = await uploader.OpenAsync(version, content.Size, context.Log, cancellationToken).ConfigureAwait(false);
        if (!version.Force && await _target.FindSameAsync(content, cancellationToken).ConfigureAwait(false) is { } current)
        {
            context.Log?.Invoke(Texts.AddingSkipped.FormatWith(version.Path, ErrorText.Subject(version.FileId, versionId: null)));
            return current;
        }

        progress.Expect(content.Size);
        return content.Size <= _target.MaxRequestSize ? await _target.SendAsync(content, cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task<UploadContent> ReadAsync(LocalFile file, CancellationToken cancellationToken)
    {
        if (file.Length > MaxBufferedSize)
        {
            return new UploadContent(file.Length, file.OpenAtStart, file.ComputeSha1Async, progress.Transferred);
        }

        byte[] buffer = new byte[file.Length];
        await file.ReadExactlyAsync(buffer, buffer.Length, cancellationToken).ConfigureAwait(false);
        return new UploadContent(buffer, buffer.Length, ContentHash.Compute(buffer, buffer.Length), progress.Transferred);
    }

    private async Task<TVersion> SendInPartsAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            IUploadSession<TVersion> session = await context.RequestWithoutOutputAsync(OpenSessionAsync, cancellationToken).ConfigureAwait(false);
            bool isCommitted = false;
            bool isComplete = false;
            try
            {
                _file!.Rewind();
                var upload = new PartsUpload<TVersion>(session, _file, context, uploader.Connection, buffers, progress.Transferred);
                (IReadOnlyList<UploadedPart> parts, string sha1) = await upload.RunAsync(cancellationToken).ConfigureAwait(false);
                isComplete = true;
                TVersion added = await context.RequestWithoutOutputAsync(
                    stop => session.CommitAsync(parts, sha1, stop), cancellationToken).ConfigureAwait(false);
                isCommitted = true;
                return added;
            }
            catch (FileVersionException e) when (e.StatusCode == HttpStatusCode.Gone && !isComplete && attempt < MaxSessions)
            {
                context.Log?.Invoke(Texts.AddingSessionLost.FormatWith(version.Path, e.Message));
            }
            finally
            {
                if (!isCommitted)
                {
                    await AbortAsync(session).ConfigureAwait(false);
                }
            }
        }
    }

    // A request that is cancelled at once may leave a session whose id is unknown.
    private async Task<IUploadSession<TVersion>> OpenSessionAsync(CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => uploader.Connection.Clock.CancelAfter(stop, s_grace));
        return await _target!.OpenSessionAsync(stop.Token).ConfigureAwait(false);
    }

    private async Task AbortAsync(IUploadSession<TVersion> session)
    {
        using var stop = new CancellationTokenSource();
        uploader.Connection.Clock.CancelAfter(stop, s_grace);
        try
        {
            await session.AbortAsync(stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileVersionException or OperationCanceledException)
        {
            // The service discards the session when it expires.
            context.Log?.Invoke(Texts.AddingSessionNotAborted.FormatWith(version.Path, e.Message));
        }
    }
}
