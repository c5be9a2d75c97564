using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>
/// A generated tree of folders and files. Ids describe it completely, so a tree of any size takes no memory.
/// Folders are numbered; 0 is the root.
/// </summary>
/// <param name="RootId">The id of its root folder.</param>
/// <param name="Prefix">The digits with which the ids of its files and other folders begin.</param>
/// <param name="Branching">The maximum number of sub-folders in a folder; 0 if the root contains all of them.</param>
/// <param name="FolderCount">The number of folders without the root.</param>
/// <param name="FilesPerFolder">The number of files in each folder, including the root.</param>
internal sealed record BoxTree(string RootId, string Prefix, int Branching, int FolderCount, int FilesPerFolder)
{
    private const int CodedRootLength = 6;
    private const int PlainRootLength = 12;
    private const long MaxFiles = 9_999_999_999;

    private static readonly string[] s_plainFolders = ["Archive", "Drafts", "Reports"];
    private static readonly string[] s_plainFiles = ["Budget 2026.xlsx", "Minutes.txt", "Quarterly report.docx", "Site plan.pdf", "見積書.xlsx"];
    private static readonly string[] s_stems = ["Report.docx", "Budget.xlsx", "Plan.pdf", "Vertrag Größe.pdf", "Photo.jpg", "Notes.txt", "見積書.xlsx", "Data.csv"];

    /// <summary>Whether the root's id is a code for the shape. All other trees have the same small shape.</summary>
    internal bool IsCoded => Prefix[0] == '8';

    private int FolderDigits => IsCoded ? 7 : 2;

    private int FileDigits => IsCoded ? 10 : 3;

    /// <summary>The tree of a folder, and the folder's number in it; null if no tree has that folder.</summary>
    internal static BoxTree? OfFolder(string id, out int number)
    {
        number = 0;
        BoxTree? tree = id switch
        {
            ['8', ..] when id.Length == CodedRootLength + 7 => Coded(id[..CodedRootLength]),
            ['7', ..] when id.Length == 1 + PlainRootLength + 2 => Plain(id.AsSpan(1, PlainRootLength)),
            _ => null,
        };
        if (tree is null)
        {
            return OfRoot(id);
        }

        number = int.Parse(id.AsSpan(tree.Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return number > 0 && number <= tree.FolderCount ? tree : null;
    }

    /// <summary>The tree of a file, and the file's number in it; null if no tree has that file.</summary>
    internal static BoxTree? OfFile(string id, out long number)
    {
        number = 0;
        BoxTree? tree = id switch
        {
            ['8', ..] when id.Length == CodedRootLength + 10 => Coded(id[..CodedRootLength]),
            ['7', ..] when id.Length == 1 + PlainRootLength + 3 => Plain(id.AsSpan(1, PlainRootLength)),
            _ => null,
        };
        if (tree is null)
        {
            return null;
        }

        number = long.Parse(id.AsSpan(tree.Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return number < (tree.FolderCount + 1L) * tree.FilesPerFolder ? tree : null;
    }

    internal string FolderId(int number) => number == 0 ? RootId : Prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(FolderDigits, '0');

    internal string FolderName(int number)
    {
        if (number == 0)
        {
            return RootId == BoxFolder.RootId ? "All Files" : "Folder " + RootId;
        }

        return IsCoded ? "Project " + Padded(number, FolderCount) : s_plainFolders[number - 1];
    }

    /// <summary>The parent of a folder other than the root.</summary>
    internal int ParentOf(int folder) => Branching == 0 ? 0 : (folder - 1) / Branching;

    /// <summary>The sub-folders of a folder.</summary>
    internal (int First, int Count) FoldersIn(int folder)
    {
        if (Branching == 0)
        {
            return (1, folder == 0 ? FolderCount : 0);
        }

        int first = (folder * Branching) + 1;
        return (first, Math.Clamp(FolderCount - first + 1, 0, Branching));
    }

    internal string FileId(int folder, int index) => Prefix + (((long)folder * FilesPerFolder) + index).ToString(CultureInfo.InvariantCulture).PadLeft(FileDigits, '0');

    /// <summary>The name of a file. Names are unique in a folder, and their order is that of the numbers.</summary>
    internal string FileName(long number)
    {
        int index = (int)(number % FilesPerFolder);
        return IsCoded ? Padded(index + 1, FilesPerFolder) + ' ' + s_stems[number % s_stems.Length] : s_plainFiles[index];
    }

    /// <summary>Whether a file has past versions: a share of the files in a coded tree; in a small one, all but the second file of each folder.</summary>
    internal bool HasHistory(long number, double share) => IsCoded
        ? Mix.Scramble((ulong)number) / (double)ulong.MaxValue < share
        : number % FilesPerFolder != 1;

    private static string Padded(int number, int max) =>
        number.ToString(CultureInfo.InvariantCulture).PadLeft(max.ToString(CultureInfo.InvariantCulture).Length, '0');

    private static BoxTree? OfRoot(string id) => id switch
    {
        ['8', _, _, _, _, _] => Coded(id),
        { Length: <= PlainRootLength } => Plain(id.PadLeft(PlainRootLength, '0')),
        _ => null,
    };

    /// <summary>The tree of a code such as 802351: <c>8</c>, branching 0, 2e3 folders, 5e1 files in each.</summary>
    private static BoxTree? Coded(string code)
    {
        int folders = WithExponent(code[2], code[3]);
        int files = WithExponent(code[4], code[5]);
        return (folders + 1L) * files <= MaxFiles ? new BoxTree(code, code, code[1] - '0', folders, files) : null;
    }

    private static int WithExponent(char digit, char exponent) => exponent > '6' ? 0 : (digit - '0') * (int)Math.Pow(10, exponent - '0');

    private static BoxTree Plain(ReadOnlySpan<char> padded)
    {
        ReadOnlySpan<char> id = padded.TrimStart('0');
        return new BoxTree(id.IsEmpty ? BoxFolder.RootId : id.ToString(), string.Concat("7", padded), 0, s_plainFolders.Length, s_plainFiles.Length);
    }
}
