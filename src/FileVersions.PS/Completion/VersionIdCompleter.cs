using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.PS.Accounts;
using FileVersions.Services;

namespace FileVersions.PS.Completion;

/// <summary>
/// Offers the versions of the file on the command line, newest first. It asks the account that the command would use, for at most two
/// seconds, and offers nothing if that fails.
/// </summary>
public sealed class VersionIdCompleter : IArgumentCompleter
{
    private const int MaxVersions = 200;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    // Long enough for pressing the key again.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(20);

    private static readonly ConditionalWeakTable<object, Answer> s_lastAnswers = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = (wordToComplete ?? string.Empty).Trim('\'', '"');
        bool wantsTrashed = fakeBoundParameters?.Contains("FromTrash") == true;
        return FindVersions(commandName, fakeBoundParameters)
            .Where(version => version.VersionId?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true)
            .Where(version => (version.ToEntry().TrashedAt is not null) == wantsTrashed)
            .Select(version => new CompletionResult(
                version.VersionId, Label(version), CompletionResultType.ParameterValue, version.ToString()));
    }

    private static string Label(IFileVersion version) =>
        version.ToEntry().Number is { } number ? $"{version.VersionId} ({number})" : version.VersionId!;

    private static IReadOnlyList<IFileVersion> FindVersions(string commandName, IDictionary? bound)
    {
        if (FirstOf(bound?["FileId"])?.ToString() is not { } fileId || string.IsNullOrWhiteSpace(fileId) || CreateCommand(commandName, bound!) is not { } command)
        {
            return [];
        }

        using (command as IDisposable)
        {
            try
            {
                return s_lastAnswers.GetOrCreateValue(command.CompletionAccount).Find(command, fileId.Trim());
            }
            catch (Exception e) when (e is FileVersionException or NotConnectedException or OperationCanceledException)
            {
                return [];
            }
        }
    }

    /// <summary>Creates the cmdlet that is being typed, with the account that it would use.</summary>
    private static ICompletesVersions? CreateCommand(string commandName, IDictionary bound)
    {
        string name = commandName.Substring(commandName.LastIndexOf('\\') + 1);
        Type? type = Array.Find(
            typeof(VersionIdCompleter).Assembly.GetTypes(),
            type => typeof(ICompletesVersions).IsAssignableFrom(type)
                && Attribute.GetCustomAttribute(type, typeof(CmdletAttribute)) is CmdletAttribute cmdlet
                && name.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", StringComparison.OrdinalIgnoreCase));
        if (type is null)
        {
            return null;
        }

        object command = Activator.CreateInstance(type)!;
        foreach (string parameter in new[] { "Connection", "AsUser" })
        {
            object? value = FirstOf(bound[parameter]);
            if (value is not null && type.GetProperty(parameter) is { } property && property.PropertyType.IsInstanceOfType(value))
            {
                property.SetValue(command, value);
            }
        }

        return (ICompletesVersions)command;
    }

    private static object? FirstOf(object? bound)
    {
        object? value = Unwrap(bound);
        return value is IEnumerable several and not string ? Unwrap(several.Cast<object?>().FirstOrDefault()) : value;
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The last answer of an account.</summary>
    private sealed class Answer
    {
        private readonly object _lock = new();
        private string? _fileId;
        private IReadOnlyList<IFileVersion> _versions = [];
        private Stopwatch _age = new();

        internal IReadOnlyList<IFileVersion> Find(ICompletesVersions command, string fileId)
        {
            lock (_lock)
            {
                if (_fileId != fileId || _age.Elapsed > s_lifetime)
                {
                    using var stop = new CancellationTokenSource(s_timeout);
                    _versions = Task.Run(() => command.ListForCompletionAsync(fileId, MaxVersions, stop.Token)).GetAwaiter().GetResult();
                    _fileId = fileId;
                    _age = Stopwatch.StartNew();
                }

                return _versions;
            }
        }
    }
}
