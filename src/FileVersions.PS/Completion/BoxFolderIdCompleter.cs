using System.Collections;
using FileVersions.Box;
using FileVersions.Box.Finding;

namespace FileVersions.PS.Completion;

/// <summary>
/// Offers the folders in Box's root folder whose id or name starts with what has been typed. After a complete id, it offers the
/// subfolders of that folder. After a path, such as <c>Finance/20</c> or <c>27182/20</c>, it offers the matching subfolders of the folder before the last slash.
/// </summary>
public sealed class BoxFolderIdCompleter : AccountCompleter<BoxSubfolder>
{
    private protected override IEnumerable<BoxSubfolder> Find(Func<string, IReadOnlyList<BoxSubfolder>> list, string start, IDictionary? bound)
    {
        string[] path = start.Split('/');
        string? parentId = BoxFileFinder.RootFolderId;
        foreach (string name in path.Take(path.Length - 1))
        {
            parentId = parentId == BoxFileFinder.RootFolderId && IsId(name)
                ? name
                : list(parentId).FirstOrDefault(folder => string.Equals(folder.Name, name, StringComparison.OrdinalIgnoreCase))?.Id;
            if (parentId is null)
            {
                return [];
            }
        }

        string last = path[path.Length - 1];
        BoxSubfolder[] matches = [.. list(parentId).Where(folder => StartsWith(folder, last))];
        bool isComplete = path.Length == 1 && IsId(start) && matches.All(folder => folder.Id == start);
        return isComplete ? matches.Concat(list(start)) : matches;
    }

    private protected override CompletionResult ToResult(BoxSubfolder item)
    {
        string label = string.IsNullOrEmpty(item.Name) ? item.Id : $"{item.Id} ({item.Name})";
        return new CompletionResult(item.Id, label, CompletionResultType.ParameterValue, label);
    }

    private static bool StartsWith(BoxSubfolder folder, string start) =>
        folder.Id.StartsWith(start, StringComparison.Ordinal) || folder.Name?.StartsWith(start, StringComparison.CurrentCultureIgnoreCase) == true;

    private static bool IsId(string text) => text.Length > 0 && text.All(static c => c is >= '0' and <= '9');
}
