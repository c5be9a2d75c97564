using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.ImageKit;

/// <summary>ImageKit's upload host: a file of the same name in the same folder gets a new version.</summary>
internal sealed class IKUploads(IKStore store, IKReads reads, UploadStats stats)
{
    private const int RandomLength = 5;

    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);

    internal async ValueTask<Reply> UploadAsync(Call call, Account account)
    {
        if (await IKUploadForm.ReadAsync(call) is not { } form)
        {
            return IKErrors.Error(400, "The request body is not a form.");
        }

        stats.Received(form.Content?.Size ?? 0);
        if (form.FileName.Length == 0)
        {
            return IKErrors.Error(400, "Missing fileName parameter for upload");
        }

        if (form.IsTooLarge)
        {
            return IKErrors.Error(400, "The file size exceeds limits");
        }

        if (form.Content is not { } content)
        {
            return IKErrors.Error(400, "Missing file parameter for upload");
        }

        string name = form.UseUniqueFileName ? Unique(form.FileName) : form.FileName;
        string path = form.Folder + name;
        if (_attempts.AddOrUpdate(path, 1, static (_, before) => before + 1) <= call.Settings.IkUploadsTooMany)
        {
            return IKErrors.Error(400, "You have sent too many requests to update the file recently. Please try again later.");
        }

        try
        {
            return store.Change(() => FileAt(path, call.Settings), file => Store(call, account, form, file, name, content));
        }
        catch (JsonException)
        {
            return IKErrors.OfStatus(400);
        }
    }

    internal void Reset() => _attempts.Clear();

    /// <summary>Adds random characters before the extension.</summary>
    private static string Unique(string name)
    {
        int dot = name.LastIndexOf('.') is var place and > 0 ? place : name.Length;
        return name.Insert(dot, "_" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", RandomLength));
    }

    private static string NewFileId(DateTime now) => IKGenerator.PastId(now, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));

    /// <summary>The file whose current version is at a path; a past version can have another name.</summary>
    private IKFile? FileAt(string path, EmulatorSettings settings) => store.FindByPath(path, settings) is { } file && file.Path == path ? file : null;

    private (StoredIKFile? After, Reply Reply) Store(Call call, Account account, IKUploadForm form, IKFile? file, string name, Content content)
    {
        if (file is not null && !form.OverwriteFile)
        {
            return (null, IKErrors.NameInUse());
        }

        DateTime now = call.Now.UtcDateTime;
        StoredIKFile after;
        if (file is null)
        {
            string id = NewFileId(now);
            after = new StoredIKFile(id, form.Folder, now, [new IKVersion(id, 1, name, content, now) { Attributes = form.Attributes(IKAttributes.Default) }], 2);
        }
        else
        {
            after = StoredIKFile.From(file).WithUpload(name, content, form.Attributes(file.AttributesOf(file.Current)), now, call.Settings.IkVersionLimit);
        }

        stats.VersionCreated(Service.Ik);
        call.Exchange.FileId = after.Id;
        return (after, call.Settings.IkVideosPending && IKMedia.IsVideo(name) ? IKErrors.Accepted() : reads.Json(200, call, account, 1024, json => json.Upload(after, form.ResponseFields)));
    }
}
