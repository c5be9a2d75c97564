namespace FileVersions.Fetching;

/// <summary>What an operation of several requests needs from its caller: request slots, and a place for messages.</summary>
public interface IRequestContext
{
    /// <summary>The maximum number of concurrent requests over all files. Always at least 1.</summary>
    int ThrottleLimit { get; }

    /// <summary>Waits for a request slot and sends a request. Requests of earlier files start first.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="request">Sends the request.</param>
    /// <param name="cancellationToken">Cancels the wait or the request.</param>
    Task<T> RequestAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken);

    /// <summary>As <see cref="RequestAsync"/>, for a request whose result is not emitted. It needs no room in the output.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="request">Sends the request.</param>
    /// <param name="cancellationToken">Cancels the wait or the request.</param>
    Task<T> RequestWithoutOutputAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken);

    /// <summary>Reports a condition that may affect the result.</summary>
    void Warn(string text);

    /// <summary>Receives details, such as each request and each retry; null if they are not wanted.</summary>
    Action<string>? Log { get; }
}
