using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Services;

namespace FileVersions.PS.Completion;

/// <summary>A cmdlet whose account can list the versions of a file, so that the Tab key can offer them.</summary>
internal interface ICompletesVersions
{
    /// <summary>What tells the answers of different accounts apart.</summary>
    object CompletionAccount { get; }

    /// <summary>Lists the newest versions of a file, the current one included.</summary>
    Task<IReadOnlyList<IFileVersion>> ListForCompletionAsync(string fileId, long limit, CancellationToken cancellationToken);
}
