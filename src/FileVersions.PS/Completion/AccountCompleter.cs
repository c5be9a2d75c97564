using System.Collections;
using System.Diagnostics;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using FileVersions.PS.Parameters;

namespace FileVersions.PS.Completion;

/// <summary>
/// Offers items that the account lists. It asks the account that the command would use, for at most two seconds, and offers nothing
/// if that fails.
/// </summary>
public abstract class AccountCompleter<TItem> : IArgumentCompleter
{
    private const int MaxItems = 200;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    // Long enough to press the key again.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(20);

    private static readonly ConditionalWeakTable<object, Answers> s_lastAnswers = new();

    private protected AccountCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = (wordToComplete ?? string.Empty).Trim('\'', '"');
        if (CreateCommand(commandName, fakeBoundParameters) is not { } command)
        {
            return [];
        }

        using (command as IDisposable)
        using (var stop = new CancellationTokenSource(s_timeout))
        {
            try
            {
                Answers answers = s_lastAnswers.GetOrCreateValue(command.CompletionAccount);
                return [.. Find(parentId => answers.List(command, parentId, stop.Token), start, fakeBoundParameters).Select(ToResult)];
            }
            catch (Exception e) when (e is FileVersionException or OperationCanceledException)
            {
                return [];
            }
        }
    }

    /// <summary>Finds the items to offer.</summary>
    /// <param name="list">Lists the items of the object with this id, such as the versions of a file. All calls together have two seconds.</param>
    /// <param name="start">The part of the argument that has been typed.</param>
    /// <param name="bound">The other arguments on the command line.</param>
    private protected abstract IEnumerable<TItem> Find(Func<string, IReadOnlyList<TItem>> list, string start, IDictionary? bound);

    private protected abstract CompletionResult ToResult(TItem item);

    /// <summary>The argument, or its first element.</summary>
    private protected static object? FirstOf(object? bound)
    {
        object? value = bound.Unwrap();
        return value is IEnumerable several and not string ? several.Cast<object?>().FirstOrDefault().Unwrap() : value;
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

    /// <summary>The last answers of an account.</summary>
    private sealed class Answers
    {
        private readonly object _lock = new();
        private readonly Dictionary<string, IReadOnlyList<TItem>> _items = new(StringComparer.Ordinal);
        private Stopwatch _age = Stopwatch.StartNew();

        internal IReadOnlyList<TItem> List(ICompletes<TItem> command, string parentId, CancellationToken stop)
        {
            lock (_lock)
            {
                if (_age.Elapsed > s_lifetime)
                {
                    _items.Clear();
                    _age = Stopwatch.StartNew();
                }

                if (!_items.TryGetValue(parentId, out IReadOnlyList<TItem>? items))
                {
                    items = Task.Run(() => command.ListForCompletionAsync(parentId, MaxItems, stop), stop).GetAwaiter().GetResult();
                    _items.Add(parentId, items);
                }

                return items;
            }
        }
    }
}
