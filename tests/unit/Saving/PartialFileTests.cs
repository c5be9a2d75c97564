using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Saving;
using Xunit;

namespace FileVersions.UnitTests.Saving;

public sealed class PartialFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fileversions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_is_gone_when_it_was_not_moved()
    {
        using (PartialFile file = PartialFile.Create(_folder))
        {
            await AppendAsync(file, new byte[100_000]);
            Assert.Single(Directory.GetFiles(_folder));
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task It_holds_and_sums_what_was_written_since_the_last_restart()
    {
        // More parts than there are buffers.
        byte[] content = RandomNumberGenerator.GetBytes(1_500_000);
        string target = Path.Combine(_folder, "target");
        using (PartialFile file = PartialFile.Create(_folder))
        {
            await AppendAsync(file, new byte[50_000]);
            await file.WaitAsync();
            file.Restart();
            for (int at = 0; at < content.Length; at += 75_000)
            {
                await AppendAsync(file, content.AsMemory(at, 75_000));
            }

            await file.WaitAsync();
            Assert.Equal(content.Length, file.Length);
#pragma warning disable CA5350 // It is Box's checksum.
            Assert.Equal(Convert.ToHexString(SHA1.HashData(content)), file.TakeSha1());
#pragma warning restore CA5350
            file.MoveTo(target, replace: false, new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
        }

        Assert.Equal(content, File.ReadAllBytes(target));
        Assert.Equal(new DateTime(2020, 1, 2, 1, 4, 5, DateTimeKind.Utc), File.GetLastWriteTimeUtc(target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(false, "old")]
    [InlineData(true, "")]
    public void It_takes_the_place_of_another_file_only_when_told_to(bool replace, string expected)
    {
        string target = Path.Combine(_folder, "target");
        File.WriteAllText(target, "old");
        using (PartialFile file = PartialFile.Create(_folder))
        {
            if (replace)
            {
                file.MoveTo(target, replace, date: null);
            }
            else
            {
                Assert.Throws<IOException>(() => file.MoveTo(target, replace, date: null));
            }
        }

        Assert.Equal(expected, File.ReadAllText(target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Leftovers_go_and_what_is_being_written_stays()
    {
        File.WriteAllText(Path.Combine(_folder, ".fileversions-1.partial"), "left");
        File.WriteAllText(Path.Combine(_folder, "mine.partial"), "mine");
        using PartialFile busy = PartialFile.Create(_folder);

        PartialFile.RemoveLeftovers(_folder);

        Assert.Equal([busy.Path, Path.Combine(_folder, "mine.partial")], [.. Order(Directory.GetFiles(_folder))]);

        static string[] Order(string[] paths)
        {
            Array.Sort(paths, StringComparer.Ordinal);
            return paths;
        }
    }

    private static async Task AppendAsync(PartialFile file, ReadOnlyMemory<byte> part)
    {
        byte[] buffer = await file.RentAsync(CancellationToken.None);
        part.CopyTo(buffer);
        file.Append(buffer, part.Length);
    }
}
