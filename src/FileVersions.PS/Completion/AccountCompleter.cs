using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using FileVersions.PS.Accounts;

namespace FileVersions.PS.Completion;

/// <summary>
/// Offers items that the account lists. It asks the account that the command would use, for at most two seconds, and offers nothing
/// if that fails.
/// </summary>
/// <typeparam name="TItem">The type of the items.</typeparam>
public abstract class AccountCompleter<TItem> : IArgumentCompleter
{
    private const int MaxItems = 200;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    // Long enough for pressing the key again.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(20);

    private static readonly ConditionalWeakTable<object, Answer> s_lastAnswers = new();

    private protected AccountCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return ParentId(fakeBoundParameters) is { } parentId
            ? Find(commandName, parentId, fakeBoundParameters)
                .Where(item => Offers(item, start, fakeBoundParameters))
                .Select(ToResult)
            : [];
    }

    /// <summary>The id of the object whose items to list; null if the command line does not name it.</summary>
    private protected abstract string? ParentId(IDictionary? bound);

    /// <summary>Whether to offer an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="start">What has been typed of the argument.</param>
    /// <param name="bound">The other arguments on the command line.</param>
    private protected abstract bool Offers(TItem item, string start, IDictionary? bound);

    /// <summary>The offer for an item.</summary>
    private protected abstract CompletionResult ToResult(TItem item);

    /// <summary>The argument, or its first element.</summary>
    private protected static object? FirstOf(object? bound)
    {
        object? value = Unwrap(bound);
        return value is IEnumerable several and not string ? Unwrap(several.Cast<object?>().FirstOrDefault()) : value;
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static IReadOnlyList<TItem> Find(string commandName, string parentId, IDictionary? bound)
    {
        if (CreateCommand(commandName, bound) is not { } command)
        {
            return [];
        }

        using (command as IDisposable)
        {
            try
            {
                return s_lastAnswers.GetOrCreateValue(command.CompletionAccount).Find(command, parentId);
            }
            catch (Exception e) when (e is FileVersionException or NotConnectedException or OperationCanceledException)
            {
                return [];
            }
        }
    }

    /// <summary>Creates the cmdlet that is being typed, with the account that it would use.</summary>
    private static ICompletes<TItem>? CreateCommand(string commandName, IDictionary? bound)
    {
        string name = commandName.Substring(commandName.LastIndexOf('\\') + 1);
        Type? type = Array.Find(
            typeof(ICompletes<TItem>).Assembly.GetTypes(),
            type => typeof(ICompletes<TItem>).IsAssignableFrom(type)
                && Attribute.GetCustomAttribute(type, typeof(CmdletAttribute)) is CmdletAttribute cmdlet
                && name.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", StringComparison.OrdinalIgnoreCase));
        if (type is null)
        {
            return null;
        }

        object command = Activator.CreateInstance(type)!;
        foreach (string parameter in new[] { "Connection", "AsUser" })
        {
            object? value = FirstOf(bound?[parameter]);
            if (value is not null && type.GetProperty(parameter) is { } property && property.PropertyType.IsInstanceOfType(value))
            {
                property.SetValue(command, value);
            }
        }

        return (ICompletes<TItem>)command;
    }

    /// <summary>The last answer of an account.</summary>
    private sealed class Answer
    {
        private readonly object _lock = new();
        private string? _parentId;
        private IReadOnlyList<TItem> _items = [];
        private Stopwatch _age = new();

        internal IReadOnlyList<TItem> Find(ICompletes<TItem> command, string parentId)
        {
            lock (_lock)
            {
                if (_parentId != parentId || _age.Elapsed > s_lifetime)
                {
                    using var stop = new CancellationTokenSource(s_timeout);
                    _items = Task.Run(() => command.ListForCompletionAsync(parentId, MaxItems, stop.Token)).GetAwaiter().GetResult();
                    _parentId = parentId;
                    _age = Stopwatch.StartNew();
                }

                return _items;
            }
        }
    }
}
