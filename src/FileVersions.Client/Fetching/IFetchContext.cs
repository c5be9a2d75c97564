using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Fetching;

/// <summary>What the work on one file does its requests through, and where it puts what it finds.</summary>
/// <typeparam name="TItem">What is put out.</typeparam>
public interface IFetchContext<TItem>
{
    /// <summary>How many requests run at once, over all files.</summary>
    int ThrottleLimit { get; }

    /// <summary>Waits until a request may start, and runs it. Earlier files go first.</summary>
    Task<T> RequestAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken);

    /// <summary>Puts out items, a page at a time.</summary>
    void Emit(IReadOnlyList<TItem> items);

    /// <summary>Tells something that may matter to the reader.</summary>
    void Warn(string text);

    /// <summary>Tells what goes on, for those who asked for it.</summary>
    void Log(string text);
}
