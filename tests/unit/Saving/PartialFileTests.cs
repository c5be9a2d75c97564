using System;
using System.Collections.Concurrent;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Saving;
using Xunit;

namespace FileVersions.UnitTests.Saving;

public sealed class PartialFileTests : IDisposable
{
    private const string Subject = "version '71' of file '777'";

    private readonly string _folder = Directory.CreateTempSubdirectory("fileversions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_is_gone_when_it_was_not_moved()
    {
        using (PartialFile file = PartialFile.Create(Path.Combine(_folder, "target"), Subject))
        {
            await AppendAsync(file, new byte[100_000]);
            Assert.Single(Directory.GetFiles(_folder));
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task It_can_be_given_up_while_parts_are_hashed()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Enqueue(e.Exception);
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            for (int i = 0; i < 200; i++)
            {
                using PartialFile file = PartialFile.Create(Path.Combine(_folder, "target"), Subject);
                await AppendAsync(file, new byte[100_000]);
                await AppendAsync(file, new byte[100_000]);
            }

            await Task.Delay(50);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.DoesNotContain(unobserved, e => e.ToString().Contains("Hash", StringComparison.Ordinal));
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    [Fact]
    public async Task It_holds_and_sums_what_was_written_since_the_last_restart()
    {
        // More parts than there are buffers.
        byte[] content = RandomNumberGenerator.GetBytes(1_500_000);
        string target = Path.Combine(_folder, "target");
        using (PartialFile file = PartialFile.Create(Path.Combine(_folder, "target"), Subject))
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
            file.Move(replace: false, new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
        }

        Assert.Equal(content, File.ReadAllBytes(target));
        Assert.Equal(new DateTime(2020, 1, 2, 1, 4, 5, DateTimeKind.Utc), File.GetLastWriteTimeUtc(target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_date_that_the_file_system_cannot_hold_is_left_out()
    {
        string target = Path.Combine(_folder, "target");
        using (PartialFile file = PartialFile.Create(target, Subject))
        {
            file.Move(replace: false, DateTimeOffset.MinValue);
        }

        Assert.Equal([target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void That_it_cannot_be_removed_hides_no_other_failure()
    {
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "inner")).FullName;
        PartialFile file = PartialFile.Create(Path.Combine(inner, "target"), Subject);
        file.Move(replace: false, date: null);
        Directory.Delete(inner, recursive: true);

        file.Dispose();
    }

    [Theory]
    [InlineData(false, "old")]
    [InlineData(true, "")]
    public void It_takes_the_place_of_another_file_only_when_told_to(bool replace, string expected)
    {
        string target = Path.Combine(_folder, "target");
        File.WriteAllText(target, "old");
        using (PartialFile file = PartialFile.Create(Path.Combine(_folder, "target"), Subject))
        {
            if (replace)
            {
                file.Move(replace, date: null);
            }
            else
            {
                Assert.Throws<IOException>(() => file.Move(replace, date: null));
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
        using PartialFile busy = PartialFile.Create(Path.Combine(_folder, "target"), Subject);

        PartialFile.RemoveLeftovers(_folder);

        Assert.Equal([busy.Path, Path.Combine(_folder, "mine.partial")], [.. Order(Directory.GetFiles(_folder))]);

        static string[] Order(string[] paths)
        {
            Array.Sort(paths, StringComparer.Ordinal);
            return paths;
        }
    }

    [Fact]
    public void Leftovers_that_cannot_be_listed_stay() => PartialFile.RemoveLeftovers(Path.Combine(_folder, "nowhere"));

    [Theory]
    [InlineData("No space left on device : '{0}'", "No space left on device.")]
    [InlineData("Access to the path '{0}' is denied.", "Access to the path '{1}' is denied.")]
    public void A_failure_names_the_version_and_its_target_and_not_the_temporary_file(string systemSays, string told)
    {
        string target = Path.Combine(_folder, "big.bin");
        using PartialFile file = PartialFile.Create(target, Subject);

        FileVersionException failure = PartialFile.NotWritten(Subject, target, new IOException(string.Format(null, systemSays, file.Path)));

        Assert.Equal(FileVersionErrorKind.InvalidRequest, failure.Kind);
        Assert.Equal(
            $"Nothing was saved for {Subject}: '{target}' cannot be written. {string.Format(null, told, file.Path, target)} "
                + "Check the path, the permissions and the free space.",
            failure.Message);
    }

    private static async Task AppendAsync(PartialFile file, ReadOnlyMemory<byte> part)
    {
        byte[] buffer = await file.RentAsync(CancellationToken.None);
        part.CopyTo(buffer);
        file.Append(buffer, part.Length);
    }
}
