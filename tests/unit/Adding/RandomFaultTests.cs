using System.Text.Json;
using FileVersions.Box;
using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Adding;

/// <summary>Injects random faults. The version is then complete or does not exist, and never exists twice.</summary>
public sealed class RandomFaultTests : AddingTestBase
{
    private const string BoxFileId = "900000001";
    private const string IKFileId = "tree-10-1-3";

    [Theory]
    [InlineData(1, 60_000)]
    [InlineData(2, 60_000)]
    [InlineData(3, 60_000)]
    [InlineData(4, 22_000_000)]
    [InlineData(5, 22_000_000)]
    [InlineData(6, 22_000_000)]
    public async Task Box_has_the_version_at_most_once(int seed, int size)
    {
        string before = (await BoxHashesAsync(BoxFileId))[0];
        string path = CreateFile(size);
        await Faults(CreateFaults(seed, size, "upload", "commit", "/content"));

        Listing<BoxFileVersion> first = await AddToBoxAsync(new VersionToAdd(BoxFileId, path), BoxUploader(retries: 2));

        await CheckAsync(first.Items.Count > 0);

        // A second run completes the work without repeating any of it.
        await Faults("[]");
        Assert.Equal(Sha1Of(path), Assert.Single((await AddToBoxAsync(new VersionToAdd(BoxFileId, path))).Items).Sha1, ignoreCase: true);
        await CheckAsync(mustExist: true);

        async Task CheckAsync(bool mustExist)
        {
            string[] hashes = await BoxHashesAsync(BoxFileId);
            Assert.InRange(await Stat("uploads.boxVersions"), mustExist ? 1 : 0, 1);
            Assert.Contains(hashes[0], mustExist ? [Sha1Of(path)] : new[] { Sha1Of(path), before });
            Assert.InRange(hashes.Count(hash => hash == Sha1Of(path)), mustExist ? 1 : 0, 1);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task ImageKit_has_the_version_at_most_once(int seed)
    {
        string path = CreateFile(60_000);
        await Faults(CreateFaults(seed, 60_000, "/files/upload", "/details"));

        Listing<IKFileVersion> first = await AddToIKAsync(new VersionToAdd(IKFileId, path), IKUploader(retries: 2));

        Assert.InRange(await Stat("uploads.ikVersions"), first.Items.Count, 1);

        await Faults("[]");
        Assert.Equal(60_000, Assert.Single((await AddToIKAsync(new VersionToAdd(IKFileId, path))).Items).Size);
        Assert.Equal(1, await Stat("uploads.ikVersions"));
        Assert.Equal(Sha1Of(path), (string)(await StateAsync("ik", IKFileId))["versions"]![0]!["sha1"]!);
    }

    /// <summary>Ten faults, each at a random request and byte.</summary>
    private static string CreateFaults(int seed, int size, params string[] paths)
    {
        var random = new Random(seed);
        var faults = new List<Dictionary<string, object>>();
        for (int i = 0; i < 10; i++)
        {
            var fault = new Dictionary<string, object>
            {
                ["pathContains"] = paths[random.Next(paths.Length)],
                ["afterRequests"] = random.Next(6),
                ["times"] = 1,
                ["reset"] = random.Next(2) == 0,
            };
            switch (random.Next(5))
            {
                case 0:
                    fault["action"] = "cutRequestAfter";
                    fault["bytes"] = random.Next(size);
                    break;
                case 1:
                    fault["action"] = "cutReplyAfter";
                    fault["bytes"] = random.Next(400);
                    break;
                case 2:
                    fault["action"] = "closeBeforeReply";
                    fault["handled"] = random.Next(2) == 0;
                    break;
                case 3:
                    fault["action"] = "status";
                    fault["status"] = random.Next(2) == 0 ? 500 : 503;
                    fault["handled"] = random.Next(2) == 0;
                    break;
                default:
                    fault["action"] = "retryAfter";
                    fault["retryAfter"] = "0";
                    break;
            }

            faults.Add(fault);
        }

        return JsonSerializer.Serialize(faults);
    }
}
