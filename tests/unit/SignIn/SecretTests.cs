using System.Net;
using System.Security;
using FileVersions.Http;

namespace FileVersions.UnitTests.SignIn;

public sealed class SecretTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("  abc\r\n", "abc")]
    [InlineData("\tabc \u00A0", "abc")]
    [InlineData("a b", "a b")]
    [InlineData(" ", "")]
    [InlineData("", "")]
    public void White_space_around_a_secret_is_removed(string text, string expected)
    {
        using SecureString secure = new NetworkCredential("", text).SecurePassword;
        using var fromText = new Secret(text);
        using var fromSecure = new Secret(secure);

        Assert.Equal((expected, expected), (fromText.Reveal(), fromSecure.Reveal()));
        Assert.Equal(expected.Length, fromText.Length);
        Assert.True(fromText.Matches(fromSecure));
    }

    [Fact]
    public void A_secret_is_never_displayed()
    {
        using var secret = new Secret("abc");

        Assert.Equal("********", secret.ToString());
        Assert.False(secret.Matches(new Secret("abd")));
        Assert.NotEqual("abc", Fingerprint.Of("abc"));
    }
}
