using FileVersions.Box;
using FileVersions.PS.BaseCommands;

namespace FileVersions.PS.Commands;

/// <summary>Returns the Box account that this session uses.</summary>
[Cmdlet(VerbsCommon.Get, "BoxAccount")]
[OutputType(typeof(BoxConnection))]
public sealed class GetBoxAccountCommand : GetAccountCommand<BoxConnection>;
