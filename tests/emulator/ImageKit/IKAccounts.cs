using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>The two ImageKit accounts. Each private key also works with a dot and any suffix.</summary>
internal static class IKAccounts
{
    private static readonly Account s_demo = new("demo", "Demo", "demo@example.com");
    private static readonly Account s_other = new("other", "Other", "other@example.com");

    internal static Account? OfKey(string privateKey) => Account.WithoutSuffix(privateKey) switch
    {
        "private_test" => s_demo,
        "private_other" => s_other,
        _ => null,
    };

    /// <summary>The private key that signs the download addresses of an account.</summary>
    internal static string KeyOf(string accountId) => accountId == s_other.Id ? "private_other" : "private_test";
}
