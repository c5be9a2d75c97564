using System;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Saving;

/// <summary>Where a service has the contents of versions.</summary>
internal interface IVersionSource
{
    /// <summary>True when nothing needs to be asked before the version can be saved.</summary>
    bool IsComplete(VersionToSave version);

    /// <summary>Asks for what is known of a version.</summary>
    Task<VersionToSave> DescribeAsync(VersionToSave version, Action<string> log, CancellationToken cancellationToken);

    /// <summary>An address of the content that needs no credential.</summary>
    /// <param name="version">The version.</param>
    /// <param name="renew">True when the address given last does not work any more.</param>
    /// <param name="log">Told of waits.</param>
    /// <param name="cancellationToken">Ends the request and any wait.</param>
    Task<Uri> LocateAsync(VersionToSave version, bool renew, Action<string> log, CancellationToken cancellationToken);
}
