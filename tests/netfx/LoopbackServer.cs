using FileVersions.UnitTests.Http;

namespace FileVersions.UnitTests.Support;

/// <summary>Answers every request with the same text. Tests that need other members of the class of the same name run only on .NET.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly RawServer _server;

    private LoopbackServer(RawServer server) => _server = server;

    internal Uri Address => _server.Address;

    internal static Task<LoopbackServer> StartAsync(byte[] body, int status = 200) =>
        Task.FromResult(new LoopbackServer(new RawServer(_ => RawServer.Reply($"{status} Status", body, "Content-Type: application/json"))));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
