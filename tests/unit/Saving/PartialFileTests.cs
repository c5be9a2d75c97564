using System.Security.Cryptography;
using FileVersions.Saving;
using FileVersions.Services;

namespace FileVersions.UnitTests.Saving;

public sealed class PartialFileTests : IDisposable
{
    private static readonly VersionToSave s_version = new("777", "71") { Sha1 = new string('0', 40) };

    private readonly string _folder = Directory.CreateTempSubdirectory("fileversions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_partial_file_is_deleted_unless_it_was_moved()
    {
        using (PartialFile file = Create())
        {
            await file.AppendAsync(new byte[100_000], 100_000);
            await file.WaitForHashAsync();
            Assert.Single(Directory.GetFiles(_folder));
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_restart_discards_previously_written_bytes_and_their_hash()
    {
        byte[] content = RandomNumberGenerator.GetBytes(150_000);
        using (PartialFile file = Create())
        {
            await file.AppendAsync(new byte[50_000], 50_000);
            await file.WaitForHashAsync();
            file.Restart();
            await file.AppendAsync(content, 75_000);
            await file.AppendAsync(content[75_000..], 75_000);
            await file.WaitForHashAsync();

            Assert.Equal(content.Length, file.Length);
#pragma warning disable CA5350 // This is Box's checksum.
            Assert.Equal(Convert.ToHexString(SHA1.HashData(content)), file.TakeSha1());
#pragma warning restore CA5350
            file.Move(replace: false, new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
        }

        Assert.Equal(content, File.ReadAllBytes(Target));
        Assert.Equal(new DateTime(2020, 1, 2, 1, 4, 5, DateTimeKind.Utc), File.GetLastWriteTimeUtc(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_date_that_the_file_system_does_not_support_is_ignored()
    {
        using (PartialFile file = Create())
        {
            file.Move(replace: false, DateTimeOffset.MinValue);
        }

        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_failed_deletion_does_not_hide_the_original_error()
    {
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "inner")).FullName;
        PartialFile file = PartialFile.Create(Path.Combine(inner, "target"), s_version);
        file.Move(replace: false, date: null);
        Directory.Delete(inner, recursive: true);

        file.Dispose();
    }

    [Theory]
    [InlineData(false, "old")]
    [InlineData(true, "")]
    public void An_existing_file_is_replaced_only_on_request(bool replace, string expected)
    {
        File.WriteAllText(Target, "old");
        using (PartialFile file = Create())
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

        Assert.Equal(expected, File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Leftovers_are_removed_but_files_in_use_are_kept()
    {
        File.WriteAllText(Path.Combine(_folder, ".fileversions-0123456789abcdef0123456789abcdef.partial"), "leftover");
        using PartialFile busy = Create();

        PartialFile.RemoveLeftovers(_folder);

        Assert.Equal([busy.Path], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("mine.partial")]
    [InlineData(".fileversions-notes (version 123).partial")]
    [InlineData(".fileversions-0123456789abcdef0123456789abcdef (version 1).partial")]
    [InlineData(".fileversions-0123456789abcdef0123456789abcde.partial")]
    [InlineData(".fileversions-0123456789ABCDEF0123456789ABCDEF.partial")]
    [InlineData("x.fileversions-0123456789abcdef0123456789abcdef.partial")]
    public void A_file_that_only_resembles_a_leftover_is_kept(string name)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "mine");

        PartialFile.RemoveLeftovers(_folder);

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_folder_that_cannot_be_listed_is_ignored() => PartialFile.RemoveLeftovers(Path.Combine(_folder, "nowhere"));

    [Theory]
    [InlineData("No space left on device : '{0}'", "No space left on device.")]
    [InlineData("Access to the path '{0}' is denied.", "Access to the path '{1}' is denied.")]
    public void An_error_names_the_version_and_target_instead_of_the_temporary_file(string cause, string reason)
    {
        string target = Path.Combine(_folder, "big.bin");
        using PartialFile file = PartialFile.Create(target, s_version);

        FileVersionException failure = PartialFile.CreateError(s_version, target, new IOException(string.Format(null, cause, file.Path)));

        Assert.Equal(FileVersionErrorKind.FileNotWritable, failure.Kind);
        Assert.Equal(("777", "71"), (failure.FileId, failure.VersionId));
        Assert.Equal(
            $"Could not save version '71' of file '777' to '{target}': {string.Format(null, reason, file.Path, target)} Check the path, the permissions and the free space.",
            failure.Message);
    }

    private string Target => Path.Combine(_folder, "target");

    private PartialFile Create() => PartialFile.Create(Target, s_version);
}
