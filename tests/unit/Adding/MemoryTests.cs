using FileVersions.Box;
using FileVersions.Http;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Adding;

/// <summary>Checks that the number of buffers does not depend on the content size.</summary>
public sealed class MemoryTests : AddingTestBase
{
    private const long TenGigabytes = 10_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task A_10_GB_file_needs_at_most_four_buffers(int throttleLimit)
    {
        string path = PathOf("sparse.bin");
        using (FileStream sparse = File.Create(path))
        {
            sparse.SetLength(throttleLimit == 8 ? TenGigabytes : TenGigabytes / 10);
        }

        var uploader = new CountingUploader();

        Listing<BoxFileVersion> added = await AddAsync(uploader, [new VersionToAdd("1", path)], throttleLimit);

        Assert.Single(added.Items);
        Assert.Equal(new FileInfo(path).Length, uploader.Parts.Sum(part => part.Size));
        Assert.InRange(Adder.Buffers.CreatedCount, 1, Math.Min(throttleLimit, 4));
    }

    [Fact]
    public async Task Many_large_files_need_one_buffer_per_request_slot()
    {
        string[] paths = [.. Enumerable.Range(0, 6).Select(i => CreateFile(30_000_000, $"{i}.bin", i))];

        Listing<BoxFileVersion> added = await AddAsync(
            new CountingUploader(), [.. paths.Select((path, i) => new VersionToAdd($"{i}", path))], throttleLimit: 5);

        Assert.Equal(6, added.Items.Count);
        Assert.InRange(Adder.Buffers.CreatedCount, 1, 5);
    }

    /// <summary>Accepts parts and discards them.</summary>
    private sealed class CountingUploader : IVersionUploader<BoxFileVersion>, IUploadTarget<BoxFileVersion>, IUploadSession<BoxFileVersion>
    {
        private readonly List<UploadedPart> _parts = [];

        internal IReadOnlyList<UploadedPart> Parts => _parts;

        public ServiceConnection Connection { get; } = Transport.Box(StubTransport.WithStatuses(200));

        public long MaxRequestSize => 20_000_000;

        public int PartSize => 8 * 1024 * 1024;

        public Task<IUploadTarget<BoxFileVersion>> OpenAsync(VersionToAdd version, long size, Action<string>? log, CancellationToken cancellationToken) =>
            Task.FromResult<IUploadTarget<BoxFileVersion>>(this);

        public Task<BoxFileVersion?> FindSameAsync(UploadContent content, CancellationToken cancellationToken) => Task.FromResult<BoxFileVersion?>(null);

        public Task<BoxFileVersion> SendAsync(UploadContent content, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IUploadSession<BoxFileVersion>> OpenSessionAsync(CancellationToken cancellationToken) => Task.FromResult<IUploadSession<BoxFileVersion>>(this);

        public async Task<UploadedPart> SendPartAsync(long offset, UploadContent content, CancellationToken cancellationToken)
        {
            await Task.Yield();
            var part = new UploadedPart($"{offset}", offset, content.Size);
            lock (_parts)
            {
                _parts.Add(part);
            }

            return part;
        }

        public Task<IReadOnlyList<UploadedPart>> ListPartsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<UploadedPart>>([]);

        public Task<BoxFileVersion> CommitAsync(IReadOnlyList<UploadedPart> parts, string sha1, CancellationToken cancellationToken) =>
            Task.FromResult(new BoxFileVersion());

        public Task AbortAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
