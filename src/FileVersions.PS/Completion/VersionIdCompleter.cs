using System.Collections;
using System.Management.Automation;
using FileVersions.Services;

namespace FileVersions.PS.Completion;

/// <summary>Offers the versions of the file on the command line, newest first: for <c>-FromTrash</c> those in the trash, otherwise the others.</summary>
public sealed class VersionIdCompleter : AccountCompleter<IFileVersion>
{
    private protected override string? ParentId(IDictionary? bound) =>
        FirstOf(bound?["FileId"])?.ToString() is { } fileId && !string.IsNullOrWhiteSpace(fileId) ? fileId.Trim() : null;

    private protected override bool Offers(IFileVersion item, string start, IDictionary? bound) =>
        item.VersionId?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true
        && (item.ToEntry().TrashedAt is not null) == (bound?.Contains("FromTrash") == true);

    private protected override CompletionResult ToResult(IFileVersion item)
    {
        string id = item.VersionId!;
        string label = item.ToEntry().Number is { } number ? $"{id} ({number})" : id;
        return new CompletionResult(id, label, CompletionResultType.ParameterValue, item.ToString());
    }
}
