using FileVersions.Http.Pipeline;

namespace FileVersions.Services;

/// <summary>The content of a version, or of a part of one, that is ready to be sent any number of times.</summary>
public sealed class UploadContent
{
    private readonly Func<Stream> _open;
    private readonly Func<CancellationToken, Task<string>> _computeSha1;
    private readonly Action<int> _onSent;
    private string? _sha1;

    /// <summary>Creates a content that is read from a stream for each attempt.</summary>
    /// <param name="size">The size in bytes.</param>
    /// <param name="open">Opens the content at its start.</param>
    /// <param name="computeSha1">Computes the SHA-1 in hexadecimal digits.</param>
    /// <param name="onSent">Receives the number of bytes whenever some were sent.</param>
    internal UploadContent(long size, Func<Stream> open, Func<CancellationToken, Task<string>> computeSha1, Action<int> onSent)
    {
        Size = size;
        _open = open;
        _computeSha1 = computeSha1;
        _onSent = onSent;
    }

    /// <summary>Creates a content in memory.</summary>
    internal UploadContent(byte[] buffer, int size, string sha1, Action<int> onSent)
        : this(size, () => new MemoryStream(buffer, 0, size, writable: false), _ => Task.FromResult(sha1), onSent)
    {
    }

    /// <summary>The size in bytes.</summary>
    public long Size { get; }

    /// <summary>Returns the SHA-1 in hexadecimal digits. A content that is not in memory is read for it.</summary>
    /// <param name="cancellationToken">Cancels the computation.</param>
    public async Task<string> GetSha1Async(CancellationToken cancellationToken) =>
        _sha1 ??= await _computeSha1(cancellationToken).ConfigureAwait(false);

    /// <summary>Creates the body of an attempt.</summary>
    internal HttpContent CreateBody(PipelineMessage message) => new UploadBody(_open, Size, message, _onSent);
}
