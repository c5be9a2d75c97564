using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>An event of the enterprise.</summary>
/// <param name="Type">Such as <c>UPLOAD</c>.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="By">Who caused it.</param>
/// <param name="Source">The item that it concerns; null if the item was deleted.</param>
internal sealed record BoxEvent(string Type, DateTimeOffset CreatedAt, Account By, BoxEventSource? Source);

/// <summary>The file or folder of an event.</summary>
/// <param name="ItemType"><c>file</c> or <c>folder</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name after the event.</param>
/// <param name="Folder">The folder that contains it.</param>
/// <param name="Version">The version that was current after the event; null for a folder.</param>
internal sealed record BoxEventSource(string ItemType, string Id, string Name, BoxFolder Folder, BoxEventVersion? Version);

/// <summary>The version of an event.</summary>
internal sealed record BoxEventVersion(string Id, long Size);
