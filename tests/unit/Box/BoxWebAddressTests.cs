using FileVersions.Box;

namespace FileVersions.UnitTests.Box;

public sealed class BoxWebAddressTests
{
    [Theory]
    [InlineData("12345", "12345")]
    [InlineData("  12345\n", "12345")]
    [InlineData("no number", "no number")]
    [InlineData("https://app.box.com/file/12345", "12345")]
    [InlineData("https://acme.app.box.com/file/12345?s=x#y", "12345")]
    [InlineData("HTTPS://ACME.BOX.COM/s/abc/file/12345/", "12345")]
    [InlineData("https://box.com/folder/7/file/12345", "12345")]
    public void A_file_id_is_read_from_an_id_or_a_web_address(string text, string id) => Assert.Equal(id, BoxWebAddress.ParseFileId(text));

    [Theory]
    [InlineData("555", "555")]
    [InlineData("https://acme.app.box.com/folder/555?page=2", "555")]
    [InlineData("https://app.box.com/folder/0", "0")]
    public void A_folder_id_is_read_from_an_id_or_a_web_address(string text, string id) => Assert.Equal(id, BoxWebAddress.ParseFolderId(text));

    [Theory]
    [InlineData("https://github.com/x/files/1234")]
    [InlineData("https://github.com/x/file/1234")]
    [InlineData("https://box.com.example.org/file/1234")]
    [InlineData("https://mybox.com/file/1234")]
    [InlineData("https://app.box.com/files/0/f/1234/report")]
    [InlineData("https://app.box.com/file/")]
    [InlineData("https://app.box.com/file/x1")]
    [InlineData("https://app.box.com/folder/555")]
    [InlineData("https://")]
    public void Any_other_address_is_rejected(string text)
    {
        var error = Assert.Throws<FileVersionException>(() => BoxWebAddress.ParseFileId(text));

        Assert.Equal(FileVersionErrorKind.InvalidRequest, error.Kind);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
