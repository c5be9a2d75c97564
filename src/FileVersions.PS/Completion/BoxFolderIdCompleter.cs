using System.Collections;
using System.Management.Automation;
using FileVersions.Box;
using FileVersions.Box.Finding;

namespace FileVersions.PS.Completion;

/// <summary>Offers the folders in Box's root folder whose id or name starts with what has been typed.</summary>
public sealed class BoxFolderIdCompleter : AccountCompleter<BoxSubfolder>
{
    private protected override string ParentId(IDictionary? bound) => BoxFileFinder.RootFolderId;

    private protected override bool Offers(BoxSubfolder item, string start, IDictionary? bound) =>
        item.Id.StartsWith(start, StringComparison.OrdinalIgnoreCase)
        || item.Name?.StartsWith(start, StringComparison.CurrentCultureIgnoreCase) == true;

    private protected override CompletionResult ToResult(BoxSubfolder item)
    {
        string label = string.IsNullOrEmpty(item.Name) ? item.Id : $"{item.Id} ({item.Name})";
        return new CompletionResult(item.Id, label, CompletionResultType.ParameterValue, label);
    }
}
