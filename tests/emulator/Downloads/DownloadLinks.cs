using System.Globalization;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.ImageKit;

namespace FileVersions.Emulator.Downloads;

/// <summary>The addresses of content on the download port.</summary>
internal sealed class DownloadLinks(Func<int> port)
{
    private readonly LinkSigner _signer = new();

    /// <summary>An unguessable address of a Box version.</summary>
    internal string Box(string fileId, string versionId, EmulatorSettings settings)
    {
        long expires = Expires(settings);
        string nonce = Http.Ids.Next();
        return $"{Base(settings)}/d/1/{fileId}/{versionId}/{expires}/{nonce}/{_signer.Sign($"{fileId}/{versionId}/{nonce}", expires)}/download";
    }

    internal bool IsValidBoxLink(string fileId, string versionId, string expires, string nonce, string signature) =>
        _signer.IsValid($"{fileId}/{versionId}/{nonce}", expires, signature);

    /// <summary>The address of an ImageKit version. That of the current version is the plain path; others are identified by <c>ik-obj-version</c>.</summary>
    internal string ImageKit(Account account, IKFile file, IKVersion version, EmulatorSettings settings, string transformation = "")
    {
        string path = transformation + Escape(file.Folder.TrimStart('/') + version.Name) + (version.IsCurrent ? "" : "?ik-obj-version=" + ObjectVersion(file, version));
        if (settings.IkSignedUrls && file.AttributesOf(version).IsPrivate)
        {
            path = IKUrlSigner.Sign(path, Expires(settings) / 1000, IKAccounts.KeyOf(account.Id));
        }

        return $"{Base(settings)}/{account.Id}/{path}";
    }

    /// <summary>The value of <c>ik-obj-version</c>: it changes with the id of the version.</summary>
    internal static string ObjectVersion(IKFile file, IKVersion version)
    {
        ulong hash = Mix.Hash(file.Id + '/' + version.Id);
        return string.Create(CultureInfo.InvariantCulture, $"{hash:x16}{Mix.Scramble(hash):X16}");
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static long Expires(EmulatorSettings settings) => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + settings.LinkLifeMs;

    private string Base(EmulatorSettings settings) => string.Create(CultureInfo.InvariantCulture, $"http://{settings.RedirectHost}:{port()}");
}
