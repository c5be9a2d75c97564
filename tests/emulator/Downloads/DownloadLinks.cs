using System;
using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Downloads;

/// <summary>The addresses of content on the download port.</summary>
internal sealed class DownloadLinks(Func<int> port)
{
    private readonly LinkSigner _signer = new();

    /// <summary>An address of a Box version that nobody can guess.</summary>
    internal string Box(string fileId, string versionId, EmulatorSettings settings)
    {
        long expires = Expires(settings);
        string nonce = Http.Ids.Next();
        return $"{Base(settings)}/d/1/{fileId}/{versionId}/{expires}/{nonce}/{_signer.Sign($"{fileId}/{versionId}/{nonce}", expires)}/download";
    }

    internal bool IsGoodBox(string fileId, string versionId, string expires, string nonce, string signature) =>
        _signer.IsGood($"{fileId}/{versionId}/{nonce}", expires, signature);

    /// <summary>The address of an ImageKit version; without a version id that of the current one.</summary>
    internal string ImageKit(Account account, string fileId, string? versionId, string name, bool isPrivate, EmulatorSettings settings, string transformation = "")
    {
        string path = $"/{account.Id}/{transformation}{fileId}/{Uri.EscapeDataString(name)}";
        string query = versionId is null ? "" : "?ik-obj-version=" + versionId;
        if (isPrivate)
        {
            long expires = Expires(settings);
            query += string.Create(CultureInfo.InvariantCulture, $"{(query.Length == 0 ? '?' : '&')}ik-t={expires}&ik-s={_signer.Sign($"{fileId}/{versionId}", expires)}");
        }

        return Base(settings) + path + query;
    }

    internal bool IsGoodImageKit(string fileId, string? versionId, string? expires, string? signature) => _signer.IsGood($"{fileId}/{versionId}", expires, signature);

    private static long Expires(EmulatorSettings settings) => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + settings.LinkLifeMs;

    private string Base(EmulatorSettings settings) => string.Create(CultureInfo.InvariantCulture, $"http://{settings.RedirectHost}:{port()}");
}
