namespace FileVersions.Box;

/// <summary>A folder in another folder in Box.</summary>
/// <param name="Id">The id of the folder.</param>
/// <param name="Name">The name of the folder; null if Box did not send it.</param>
public sealed record BoxSubfolder(string Id, string? Name);
