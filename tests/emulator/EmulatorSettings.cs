using System;
using System.Collections.Generic;
using System.Globalization;

namespace FileVersions.Emulator;

/// <summary>How the emulator behaves. All of it can be changed while it runs (<c>PATCH /_emulator/settings</c>).</summary>
public sealed record EmulatorSettings
{
    /// <summary>Milliseconds between the arrival of a request and its reply.</summary>
    public double LatencyMs { get; init; }

    /// <summary>Up to so many milliseconds more, evenly spread.</summary>
    public double LatencyJitterMs { get; init; }

    /// <summary>Milliseconds between a reply's headers and its body.</summary>
    public double BodyDelayMs { get; init; }

    /// <summary>Whether every well-formed file id exists without being seeded.</summary>
    public bool AutoFiles { get; init; } = true;

    /// <summary>How many past versions a generated Box file has, unless its id tells.</summary>
    public int BoxVersions { get; init; } = 25;

    /// <summary>The share of the files in a generated Box folder tree that have past versions, from 0 to 1.</summary>
    public double BoxHistoryShare { get; init; } = 0.05;

    /// <summary>How many versions, the current one included, a generated ImageKit file has, unless its id tells.</summary>
    public int IkVersions { get; init; } = 10;

    /// <summary>The highest offset that Box accepts.</summary>
    public int BoxOffsetCeiling { get; init; } = 10_000;

    /// <summary>To what Box clamps <c>limit</c>.</summary>
    public int BoxPageLimit { get; init; } = 1000;

    /// <summary>The page size when a request names none.</summary>
    public int BoxDefaultLimit { get; init; } = 100;

    /// <summary>Hides some Box versions, so that pages in the middle are short or empty while <c>total_count</c> counts all.</summary>
    public bool ShortPages { get; init; }

    /// <summary>Which of <c>limit</c>, <c>offset</c> and <c>total_count</c> Box leaves out of a page.</summary>
    public IReadOnlyList<string> OmitPaging { get; init; } = [];

    /// <summary>By how much Box's <c>total_count</c> exceeds what is there.</summary>
    public int TotalCountBias { get; init; }

    /// <summary>Whether Box's list of versions includes those in the trash.</summary>
    public bool BoxListsTrashed { get; init; } = true;

    /// <summary>Whether Box's current version can be read by its id, as a past one can; otherwise 404.</summary>
    public bool BoxCurrentVersionReadable { get; init; } = true;

    /// <summary>Every so many versions of a Box file, one is under retention without an end; 0 for none. Counted by version number.</summary>
    public int BoxRetainEvery { get; init; }

    /// <summary>The error code of the 403 with which Box refuses to delete a version under retention.</summary>
    public string BoxRetentionCode { get; init; } = "access_denied_insufficient_permissions";

    /// <summary>Whether Box writes version ids as numbers.</summary>
    public bool NumericIds { get; init; }

    /// <summary>Which shape ImageKit's versions have.</summary>
    public IkVariant IkVariant { get; init; }

    /// <summary>What the dates of ImageKit's versions mean.</summary>
    public IkDates IkDates { get; init; }

    /// <summary>Whether ImageKit delivers images with other bytes, unless a request asks for the original by <c>tr=orig-true</c>.</summary>
    public bool IkOptimisedImages { get; init; } = true;

    /// <summary>Whether the <c>url</c> of a private ImageKit file is signed; otherwise the client has to sign it.</summary>
    public bool IkSignedUrls { get; init; } = true;

    /// <summary>Files that appear in ImageKit's media library after so many list requests.</summary>
    public LibraryChange? IkFilesAppear { get; init; }

    /// <summary>Files that vanish from the top of an ImageKit listing after so many list requests.</summary>
    public LibraryChange? IkFilesVanish { get; init; }

    /// <summary>The number of bytes that an upload to ImageKit may have, unless it is a video.</summary>
    public long IkUploadLimit { get; init; } = 25 * 1024 * 1024;

    /// <summary>The number of bytes that a video may have.</summary>
    public long IkVideoUploadLimit { get; init; } = 100 * 1024 * 1024;

    /// <summary>The number of versions of an ImageKit file at which an upload removes the oldest.</summary>
    public int IkVersionLimit { get; init; } = 100;

    /// <summary>How many uploads to a path get the 400 "You have sent too many requests to update the file recently" first.</summary>
    public int IkUploadsTooMany { get; init; }

    /// <summary>Whether the upload of a video gets 202 with a message alone; the version is there all the same.</summary>
    public bool IkVideosPending { get; init; }

    /// <summary>Whether replies to ImageKit uploads lack <c>versionInfo</c>.</summary>
    public bool IkOmitVersionInfo { get; init; }

    /// <summary>Whether replies are compressed for who accepts that.</summary>
    public bool Gzip { get; init; } = true;

    /// <summary>Whether versions carry fields that no document names.</summary>
    public bool ExtraFields { get; init; }

    /// <summary>Milliseconds until a token issued by <c>/oauth2/token</c> runs out.</summary>
    public long TokenLifeMs { get; init; } = 3_600_000;

    /// <summary>By how many seconds the services' clock is ahead of this machine's.</summary>
    public double ClockSkewSec { get; init; }

    /// <summary>Whether the <c>Date</c> of replies follows the services' clock; else it is this machine's.</summary>
    public bool ClockTold { get; init; } = true;

    /// <summary>Box's limit for each user, or null: at most so many requests in any span of the window's length.</summary>
    public RateLimit? BoxRateLimit { get; init; }

    /// <summary>Box's limit for the upload requests of each user, or null. Box documents 240 a minute.</summary>
    public RateLimit? BoxUploadRateLimit { get; init; }

    /// <summary>The number of bytes that Box accepts in a single upload request.</summary>
    public long BoxUploadLimit { get; init; } = 50_000_000;

    /// <summary>The number of bytes that a file may have on Box.</summary>
    public long BoxFileSizeLimit { get; init; } = 150_000_000_000;

    /// <summary>The number of bytes that a file must have for an upload session.</summary>
    public long BoxMinSessionSize { get; init; } = 20_000_000;

    /// <summary>The number of bytes in every part of an upload session but the last.</summary>
    public int BoxPartSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>Milliseconds until an upload session expires.</summary>
    public double BoxSessionLifeMs { get; init; } = 7 * 24 * 3_600_000.0;

    /// <summary>The base address of the endpoints that a new upload session names, in place of the emulator's own; <c>{download}</c> is the download port.</summary>
    public string? BoxSessionHost { get; init; }

    /// <summary>How many times a commit gets 400 <c>parts_mismatch</c> although all parts are there.</summary>
    public int BoxCommitMismatches { get; init; }

    /// <summary>How many times a commit gets 202 before the version is made.</summary>
    public int BoxCommitNotReady { get; init; }

    /// <summary>The <c>Retry-After</c> of those answers, in seconds.</summary>
    public int BoxCommitRetryAfterSec { get; init; } = 1;

    /// <summary>Whether a repeated commit gets the reply of the first one; otherwise 410.</summary>
    public bool BoxCommitIsRepeatable { get; init; } = true;

    /// <summary>The number of bytes up to which an uploaded content is kept. Of a larger one, only size and SHA-1 are, and it cannot be downloaded.</summary>
    public int KeptUploadSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>ImageKit's limit for each key, or null: so many requests in each window, which opens with the first of them.</summary>
    public RateLimit? IkRateLimit { get; init; }

    /// <summary>After so many list requests on a Box file, new versions appear on top of its list.</summary>
    public PagingChange? GrowWhilePaging { get; init; }

    /// <summary>After so many list requests on a Box file, versions vanish from the top of its list.</summary>
    public PagingChange? ShrinkWhilePaging { get; init; }

    /// <summary>After so many list requests on a Box folder, new files appear at both ends of it.</summary>
    public PagingChange? GrowFolderWhilePaging { get; init; }

    /// <summary>After so many list requests on a Box folder, its first files are moved to the trash.</summary>
    public PagingChange? ShrinkFolderWhilePaging { get; init; }

    /// <summary>How many entries a page of Box folder items repeats from the page before, when paged by marker.</summary>
    public int RepeatEntries { get; init; }

    /// <summary>Whether pages of Box folder items have <c>total_count</c> when paged by marker.</summary>
    public bool MarkerTotalCount { get; init; }

    /// <summary>What <c>next_marker</c> is on the last page of Box folder items.</summary>
    public LastMarker LastMarker { get; init; }

    /// <summary>Whether Box writes <c>next_stream_position</c> as a number.</summary>
    public bool NumericStreamPosition { get; init; }

    /// <summary>How many times Box answers 202 before it hands out a version's content.</summary>
    public int NotReady { get; init; }

    /// <summary>The <c>Retry-After</c> of those answers, in seconds.</summary>
    public int NotReadyRetryAfterSec { get; init; } = 1;

    /// <summary>Whether downloads answer range requests.</summary>
    public bool Ranges { get; init; } = true;

    /// <summary>The host name in links to the download port.</summary>
    public string RedirectHost { get; init; } = "127.0.0.1";

    /// <summary>Milliseconds until a download link runs out.</summary>
    public long LinkLifeMs { get; init; } = 900_000;

    /// <summary>Whether the proxy asks for <c>proxyuser</c> / <c>proxypass</c>.</summary>
    public bool ProxyAuth { get; init; }

    /// <summary>Where the pseudo-random choices (jitter) start.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The time by the services' clock.</summary>
    internal DateTimeOffset Now() => DateTimeOffset.UtcNow.AddSeconds(ClockSkewSec);
}

/// <summary>So many requests in a window.</summary>
/// <param name="PerWindow">Requests.</param>
/// <param name="WindowMs">The window's length in milliseconds.</param>
/// <param name="Fractional">Whether <c>Retry-After</c> may be a fraction of a second; else whole seconds, at least one.</param>
public sealed record RateLimit(int PerWindow, double WindowMs, bool Fractional = false)
{
    /// <summary>The value of <c>Retry-After</c> for a time to wait.</summary>
    internal string RetryAfter(TimeSpan wait) =>
        (Fractional ? wait.TotalSeconds : Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>A change of a list while a client pages through it.</summary>
/// <param name="After">The list request on the file or folder after which the change happens; 1 is the first.</param>
/// <param name="Count">How many versions or files come or go.</param>
public sealed record PagingChange(int After, int Count);

/// <summary>What Box's <c>next_marker</c> has been seen to be on the last page.</summary>
public enum LastMarker
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>An empty string.</summary>
    Empty,

    /// <summary>There is no <c>next_marker</c>.</summary>
    Absent,
}

/// <summary>A change of ImageKit's media library while a client pages through it.</summary>
/// <param name="After">The number of list requests after which it happens; 1 is the first.</param>
/// <param name="Count">How many files appear or vanish.</param>
/// <param name="IsOld">Whether files that appear are older than all others, so that they shift the pages of the default order.</param>
public sealed record LibraryChange(int After, int Count, bool IsOld = false);

/// <summary>What the dates of ImageKit's versions mean.</summary>
public enum IkDates
{
    /// <summary>As recorded: the current version has the date of the file's first upload, a past one the moment of its replacement.</summary>
    Replaced,

    /// <summary>Every version has the date of its upload.</summary>
    Uploaded,

    /// <summary>A third of the versions as <see cref="Replaced"/>, a third as <see cref="Uploaded"/>, and a third without dates.</summary>
    Mixed,
}

/// <summary>The shapes in which ImageKit's versions have been seen.</summary>
public enum IkVariant
{
    /// <summary>Every documented field.</summary>
    Full,

    /// <summary>Without <c>mime</c>, <c>isPublished</c>, <c>description</c> and <c>selectedFieldsSchema</c>.</summary>
    Old,

    /// <summary>With null wherever null has been seen.</summary>
    Nulls,

    /// <summary>Current version not first, repeated version ids, other file ids, <c>AITags</c> that is no array.</summary>
    Odd,
}
