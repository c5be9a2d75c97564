using System.Globalization;
using FileVersions.Emulator.Box;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.ImageKit;

namespace FileVersions.Emulator.Downloads;

/// <summary>The download host. It serves contents without a credential, and refuses requests that have one.</summary>
internal sealed class DownloadService(BoxStore boxFiles, IKStore ikFiles, DownloadLinks links)
{
    internal Reply Handle(Call call)
    {
        if (call.Header("Authorization") is not null)
        {
            call.Exchange.Leaked = true;
            return Reply.Text(400, Reply.Html, "<html><body><h1>Bad Request</h1><p>A credential was sent to the wrong host.</p></body></html>");
        }

        return call.Segments switch
        {
            ["d", "1", var fileId, var versionId, var expires, var nonce, var signature, "download"] => Box(call, fileId, versionId, expires, nonce, signature),
            ["demo" or "other", _, ..] => ImageKit(call),
            _ => NotFound(),
        };
    }

    private static Reply NotFound() => Reply.Text(404, Reply.Html, "<html><body><h1>Not Found</h1></body></html>");

    private Reply Box(Call call, string fileId, string versionId, string expires, string nonce, string signature)
    {
        if (!links.IsValidBoxLink(fileId, versionId, expires, nonce, signature))
        {
            return NotFound();
        }

        return boxFiles.Find(fileId, call.Settings)?.Find(versionId) is { } version ? Deliver(call, version.Content, version.Name, "application/octet-stream") : NotFound();
    }

    private Reply ImageKit(Call call)
    {
        ReadOnlySpan<string> path = call.Segments.AsSpan(1);
        string? transformation = call.Query("tr");
        if (path[0].StartsWith("tr:", StringComparison.Ordinal))
        {
            transformation = path[0]["tr:".Length..];
            path = path[1..];
        }

        if (ikFiles.FindByPath("/" + string.Join('/', path), call.Settings) is not { } file || FindVersion(file, call.Query("ik-obj-version")) is not { } version)
        {
            return NotFound();
        }

        call.Exchange.FileId = file.Id;
        string accountId = call.Segments[0];
        bool needsSignature = file.AttributesOf(version).IsPrivate || call.Query("ik-s") is not null;
        if (needsSignature && !IKUrlSigner.IsSigned(call.Exchange.Target[(accountId.Length + 2)..], IKAccounts.KeyOf(accountId)))
        {
            return Reply.Text(401, Reply.Html, "<html><body><h1>Unauthorized</h1></body></html>").With("ik-error", "The signature is missing, wrong or has expired");
        }

        bool isOriginal = !call.Settings.IkOptimisedImages || !IKMedia.IsImage(version.Name) || transformation?.Split(',', ':').Contains("orig-true") == true;
        return Deliver(call, isOriginal ? version.Content : version.Content.Optimised(), version.Name, IKMedia.Mime(version.Name));
    }

    private static IKVersion? FindVersion(IKFile file, string? objectVersion) =>
        objectVersion is null ? file.Current : file.Versions.FirstOrDefault(version => !version.IsCurrent && DownloadLinks.ObjectVersion(file, version) == objectVersion);

    /// <summary>The content, or the range of it that the request names.</summary>
    private static Reply Deliver(Call call, Content content, string name, string contentType)
    {
        if (!content.IsKept)
        {
            return Reply.Text(501, Reply.Html, "<html><body><h1>Not Implemented</h1><p>The emulator did not keep this upload: it is larger than the setting keptUploadSize.</p></body></html>");
        }

        string etag = '"' + content.Sha1 + '"';
        (long first, long last) = (0, content.Size - 1);
        int status = 200;
        if (call.Settings.Ranges && call.Header("Range") is { } range && (call.Header("If-Range") is not { } condition || condition == etag))
        {
            switch (ByteRange.Read(range, content.Size, out first, out last))
            {
                case RangeStanding.Satisfiable:
                    status = 206;
                    break;
                case RangeStanding.Unsatisfiable:
                    return new Reply(416).With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{content.Size}"));
                default:
                    (first, last) = (0, content.Size - 1);
                    break;
            }
        }

        Reply reply = new Reply(status, contentType, new Body(content, first, last - first + 1))
            .With("ETag", etag)
            .With("Content-Disposition", $"attachment; filename=\"{Ascii(name)}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
        if (call.Settings.Ranges)
        {
            reply.With("Accept-Ranges", "bytes");
        }

        return status == 206 ? reply.With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{last}/{content.Size}")) : reply;
    }

    private static string Ascii(string name) => string.Create(name.Length, name, static (ascii, source) =>
    {
        for (int i = 0; i < ascii.Length; i++)
        {
            ascii[i] = source[i] is >= ' ' and <= '~' and not ('"' or '\\') ? source[i] : '_';
        }
    });
}
