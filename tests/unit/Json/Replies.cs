using System.Text;
using FileVersions.Box;
using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Json;

/// <summary>Reads replies over HTTP, through the client.</summary>
internal static class Replies
{
    internal static async Task<BoxFileVersion> BoxVersionAsync(string entry) =>
        (await BoxListAsync(Encoding.UTF8.GetBytes($$"""{"total_count":1,"entries":[{{entry}}],"limit":1000,"offset":0}"""))).Items.Single();

    internal static async Task<Listing<BoxFileVersion>> BoxListAsync(byte[] body, VersionListOptions? list = null, int status = 200)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(body, status);
        return await Clients.Box(server.Address).ListAsync(["7"], list);
    }

    internal static async Task<IKFileVersion> IKVersionAsync(string entry) =>
        (await IKListAsync(Encoding.UTF8.GetBytes($"[{entry}]"))).Items.Single();

    internal static async Task<Listing<IKFileVersion>> IKListAsync(byte[] body, int status = 200)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(body, status);
        return await Clients.ImageKit(server.Address).ListAsync(["asked"]);
    }

    internal static object? Get(this IReadOnlyDictionary<string, object?>? fields, string name) =>
        fields is not null && fields.TryGetValue(name, out object? value) ? value : throw new InvalidOperationException($"There is no field {name}.");
}
