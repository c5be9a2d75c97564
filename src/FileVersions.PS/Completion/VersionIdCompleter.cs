using System.Collections;
using FileVersions.Services;

namespace FileVersions.PS.Completion;

/// <summary>Offers the versions of the file on the command line, newest first: for <c>-FromTrash</c> those in the trash, otherwise the others.</summary>
public sealed class VersionIdCompleter : AccountCompleter<IFileVersion>
{
    private protected override IEnumerable<IFileVersion> Find(Func<string, IReadOnlyList<IFileVersion>> list, string start, IDictionary? bound)
    {
        string? fileId = FirstOf(bound?["FileId"])?.ToString();
        bool isFromTrash = bound?.Contains("FromTrash") == true;
        return string.IsNullOrWhiteSpace(fileId)
            ? []
            : list(fileId!.Trim()).Where(item => item.VersionId?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true
                && (item.ToEntry().TrashedAt is not null) == isFromTrash);
    }

    private protected override CompletionResult ToResult(IFileVersion item)
    {
        string id = item.VersionId!;
        string label = item.ToEntry().Number is { } number ? $"{id} ({number})" : id;
        return new CompletionResult(id, label, CompletionResultType.ParameterValue, item.ToString());
    }
}
