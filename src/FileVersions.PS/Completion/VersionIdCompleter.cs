using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.PS.Accounts;

namespace FileVersions.PS.Completion;

/// <summary>
/// Offers the versions of the file that the line names, newest first as the service gives them. Asks the account that the line
/// names, else the session's; for at most two seconds; and offers nothing where that fails.
/// </summary>
/// <typeparam name="TItem">The version's type.</typeparam>
/// <typeparam name="TConnection">The account's type.</typeparam>
public abstract class VersionIdCompleter<TItem, TConnection> : IArgumentCompleter
    where TItem : class
    where TConnection : ServiceConnection
{
    /// <summary>The most versions to offer.</summary>
    private protected const int MostVersions = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    // Long enough for a second press of the key.
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(20);

    private static readonly ConditionalWeakTable<TConnection, Answer> s_last = new();

    private protected VersionIdCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = (wordToComplete ?? string.Empty).Trim('\'', '"');
        try
        {
            return FirstFileId(fakeBoundParameters?["FileId"]) is { } fileId
                ? Find(fileId, fakeBoundParameters!)
                    .Where(version => IdOf(version)?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true)
                    .Select(version => new CompletionResult(IdOf(version), Label(version), CompletionResultType.ParameterValue, version.ToString()))
                : [];
        }
        catch (FileVersionException)
        {
            return [];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private protected abstract string? IdOf(TItem version);

    private protected abstract string Label(TItem version);

    /// <summary>The work that lists the newest versions of the file.</summary>
    private protected abstract Func<IFetchContext<TItem>, CancellationToken, Task> List(TConnection connection, string fileId, string? asUser);

    private List<TItem> Find(string fileId, IDictionary bound)
    {
        TConnection connection = SessionAccounts.Current.Resolve(Unwrap(bound["Connection"]) as TConnection);
        string? asUser = Unwrap(bound["AsUser"])?.ToString();
        string question = $"{fileId}\n{asUser}";
        Answer last = s_last.GetOrCreateValue(connection);
        lock (last)
        {
            if (last.Question == question && last.Age.Elapsed < s_life)
            {
                return last.Versions;
            }
        }

        List<TItem> versions = Fetch(fileId, List(connection, fileId, asUser));
        lock (last)
        {
            last.Question = question;
            last.Versions = versions;
            last.Age = Stopwatch.StartNew();
        }

        return versions;
    }

    private static List<TItem> Fetch(string fileId, Func<IFetchContext<TItem>, CancellationToken, Task> list)
    {
        using var stop = new CancellationTokenSource(s_patience);
        using var fetcher = new OrderedFetcher<TItem>(2, stop.Token);
        var versions = new List<TItem>();
        fetcher.Add(fileId, list);
        while (fetcher.Take(Timeout.InfiniteTimeSpan, out FetchEvent<TItem> next) == TakeResult.Taken)
        {
            if (next.Error is not null)
            {
                ExceptionDispatchInfo.Capture(next.Error).Throw();
            }

            versions.AddRange(next.Items ?? []);
        }

        return versions;
    }

    private static string? FirstFileId(object? bound)
    {
        object? value = Unwrap(bound);
        if (value is IEnumerable several and not string)
        {
            value = Unwrap(several.Cast<object?>().FirstOrDefault());
        }

        string? id = value?.ToString();
        return string.IsNullOrWhiteSpace(id) ? null : id;
    }

    private static object? Unwrap(object? value) => value is PSObject shown ? shown.BaseObject : value;

    /// <summary>The last answer of an account.</summary>
    private sealed class Answer
    {
        internal string? Question { get; set; }

        internal List<TItem> Versions { get; set; } = [];

        internal Stopwatch Age { get; set; } = new();
    }
}
