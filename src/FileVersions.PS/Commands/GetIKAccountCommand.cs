using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;

namespace FileVersions.PS.Commands;

/// <summary>Returns the ImageKit account that this session uses.</summary>
[Cmdlet(VerbsCommon.Get, "IKAccount")]
[OutputType(typeof(IKConnection))]
public sealed class GetIKAccountCommand : GetAccountCommand<IKConnection>;
