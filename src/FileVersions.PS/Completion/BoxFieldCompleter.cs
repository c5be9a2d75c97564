using System.Collections;
using System.Management.Automation.Language;
using FileVersions.Box;

namespace FileVersions.PS.Completion;

/// <summary>Offers the fields of a Box version: those that Box documents, then those that its web page uses.</summary>
public sealed class BoxFieldCompleter : IArgumentCompleter
{
    private static readonly char[] s_quotes = ['\'', '"'];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // A quoted text may contain several names: 'name,si'.
        string word = (wordToComplete ?? string.Empty).Trim(s_quotes);
        int lastComma = word.LastIndexOf(',');
        string before = word.Substring(0, lastComma + 1);
        string start = word.Substring(lastComma + 1).TrimStart();
        string quote = before.Length == 0 ? string.Empty : "'";

        var taken = new HashSet<string>(before.Split(',').Concat(TypedBefore(commandAst, parameterName, word)), StringComparer.OrdinalIgnoreCase);
        return BoxFields.Documented.Concat(BoxFields.Undocumented)
            .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase) && !taken.Contains(name))
            .Select(name => new CompletionResult(quote + before + name + quote, name, CompletionResultType.ParameterValue, Describe(name)));
    }

    /// <summary>The names before the word in the array: <c>-Field id,name,si</c>.</summary>
    private static IEnumerable<string> TypedBefore(CommandAst command, string parameterName, string word) =>
        command.CommandElements
            .SkipWhile(element => element is not CommandParameterAst parameter || !parameterName.StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase))
            .Skip(1)
            .TakeWhile(static element => element is not CommandParameterAst)
            .SelectMany(static value => value.FindAll(static ast => ast is StringConstantExpressionAst, searchNestedScriptBlocks: false))
            .Select(static text => ((StringConstantExpressionAst)text).Value)
            .Where(value => value != word);

    private static string Describe(string field) => Texts.ResourceManager.GetString("Field_" + field, Texts.Culture) ?? field;
}
