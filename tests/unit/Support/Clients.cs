using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.ImageKit;

namespace FileVersions.UnitTests.Support;

/// <summary>Clients for a server on loopback, with the credentials that the emulator knows.</summary>
internal static class Clients
{
    internal static BoxClient Box(Uri address) =>
        new(BoxConnection.FromAccessToken(new Secret("box-token"), address, options: new ConnectionOptions { MaximumRetryCount = 0 }));

    internal static IKClient ImageKit(Uri address) =>
        new(IKConnection.FromPrivateKey(new Secret("private_test"), address, new ConnectionOptions { MaximumRetryCount = 0 }));

    // The reader waits for its results, so it gets a thread of its own.
    internal static Task<Listing<TItem>> ReadAsync<TItem>(Func<IEnumerable<FetchEvent<TItem>>> read) =>
        Task.Factory.StartNew(() => Listing<TItem>.Of(read()), TaskCreationOptions.LongRunning);
}
