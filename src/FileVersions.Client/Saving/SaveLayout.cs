namespace FileVersions.Saving;

/// <summary>How the files of saved versions are named.</summary>
internal enum SaveLayout
{
    /// <summary>The name of the version with its id, such as <c>report (version 12345).pdf</c>.</summary>
    Folder,

    /// <summary>The path of the file in the account. Only one version of each file can be saved.</summary>
    Tree,

    /// <summary>A given name, for a single version.</summary>
    SingleFile,
}
