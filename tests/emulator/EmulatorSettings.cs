namespace FileVersions.Emulator;

/// <summary>The behaviour of the emulator. Every setting can be changed at run time (<c>PATCH /_emulator/settings</c>).</summary>
public sealed record EmulatorSettings
{
    /// <summary>Milliseconds between the arrival of a request and its reply.</summary>
    public double LatencyMs { get; init; }

    /// <summary>The maximum of a uniformly distributed random addition to <see cref="LatencyMs"/>.</summary>
    public double LatencyJitterMs { get; init; }

    /// <summary>Milliseconds between a reply's headers and its body.</summary>
    public double BodyDelayMs { get; init; }

    /// <summary>Whether every well-formed file id exists without being seeded.</summary>
    public bool AutoFiles { get; init; } = true;

    /// <summary>The number of past versions of a generated Box file whose id does not give it.</summary>
    public int BoxVersions { get; init; } = 25;

    /// <summary>The share of the files in a generated Box folder tree that have past versions, from 0 to 1.</summary>
    public double BoxHistoryShare { get; init; } = 0.05;

    /// <summary>The number of versions, including the current one, of a generated ImageKit file whose id does not give it.</summary>
    public int IkVersions { get; init; } = 10;

    /// <summary>The largest <c>offset</c> that Box accepts.</summary>
    public int BoxOffsetCeiling { get; init; } = 10_000;

    /// <summary>The largest page of Box. A larger <c>limit</c> is reduced to it.</summary>
    public int BoxPageLimit { get; init; } = 1000;

    /// <summary>The page size of a request without <c>limit</c>.</summary>
    public int BoxDefaultLimit { get; init; } = 100;

    /// <summary>Whether Box hides some versions, so that pages in the middle are short or empty although <c>total_count</c> counts all. Pages of folder items and of events have at most half as many entries as requested.</summary>
    public bool ShortPages { get; init; }

    /// <summary>The properties that Box omits from pages: <c>limit</c>, <c>offset</c>, <c>total_count</c>.</summary>
    public IReadOnlyList<string> OmitPaging { get; init; } = [];

    /// <summary>The number by which Box's <c>total_count</c> of versions is too large.</summary>
    public int TotalCountBias { get; init; }

    /// <summary>Whether Box's list of versions includes those in the trash.</summary>
    public bool BoxListsTrashed { get; init; } = true;

    /// <summary>Whether Box's current version can be read by its id, like a past one; otherwise 404.</summary>
    public bool BoxCurrentVersionReadable { get; init; } = true;

    /// <summary>Versions whose number is a multiple of this are under retention without an end; 0 for none.</summary>
    public int BoxRetainEvery { get; init; }

    /// <summary>The code of the 403 error for the deletion of a version under retention.</summary>
    public string BoxRetentionCode { get; init; } = "access_denied_insufficient_permissions";

    /// <summary>Whether Box writes ids as numbers.</summary>
    public bool NumericIds { get; init; }

    /// <summary>The shape of ImageKit's versions.</summary>
    public IkVariant IkVariant { get; init; }

    /// <summary>What the dates of ImageKit's versions mean.</summary>
    public IkDates IkDates { get; init; }

    /// <summary>Whether ImageKit delivers images with other bytes, unless a request selects the original with <c>tr=orig-true</c>.</summary>
    public bool IkOptimisedImages { get; init; } = true;

    /// <summary>Whether the <c>url</c> of a private ImageKit file is signed; otherwise the client has to sign it.</summary>
    public bool IkSignedUrls { get; init; } = true;

    /// <summary>Files that appear in ImageKit's media library while a client pages through it.</summary>
    public LibraryChange? IkFilesAppear { get; init; }

    /// <summary>Files that vanish from the top of an ImageKit listing while a client pages through it.</summary>
    public LibraryChange? IkFilesVanish { get; init; }

    /// <summary>The maximum size of an upload to ImageKit in bytes, except for videos.</summary>
    public long IkUploadLimit { get; init; } = 25 * 1024 * 1024;

    /// <summary>The maximum size of a video in bytes.</summary>
    public long IkVideoUploadLimit { get; init; } = 100 * 1024 * 1024;

    /// <summary>The number of versions of an ImageKit file at which an upload removes the oldest.</summary>
    public int IkVersionLimit { get; init; } = 100;

    /// <summary>The number of uploads to a path that first get the 400 "You have sent too many requests to update the file recently".</summary>
    public int IkUploadsTooMany { get; init; }

    /// <summary>Whether the upload of a video gets 202 with only a message. The version is created nevertheless.</summary>
    public bool IkVideosPending { get; init; }

    /// <summary>Whether replies to ImageKit uploads lack <c>versionInfo</c>.</summary>
    public bool IkOmitVersionInfo { get; init; }

    /// <summary>Whether replies are compressed for clients that accept it.</summary>
    public bool Gzip { get; init; } = true;

    /// <summary>Whether Box's versions always have undocumented fields.</summary>
    public bool ExtraFields { get; init; }

    /// <summary>Milliseconds until a token issued by <c>/oauth2/token</c> expires.</summary>
    public long TokenLifeMs { get; init; } = 3_600_000;

    /// <summary>The number of seconds by which the services' clock is ahead of this machine's.</summary>
    public double ClockSkewSec { get; init; }

    /// <summary>Whether the <c>Date</c> header follows the services' clock; otherwise this machine's.</summary>
    public bool DateHeaderFollowsClock { get; init; } = true;

    /// <summary>Box's rate limit for each user, in a sliding window; null for none.</summary>
    public RateLimit? BoxRateLimit { get; init; }

    /// <summary>Box's rate limit for the uploads of each user, in a sliding window; null for none. Box documents 240 a minute.</summary>
    public RateLimit? BoxUploadRateLimit { get; init; }

    /// <summary>The maximum size in bytes of an upload to Box in one request.</summary>
    public long BoxUploadLimit { get; init; } = 50_000_000;

    /// <summary>The maximum size of a Box file in bytes.</summary>
    public long BoxFileSizeLimit { get; init; } = 150_000_000_000;

    /// <summary>The minimum size in bytes of a file in an upload session.</summary>
    public long BoxMinSessionSize { get; init; } = 20_000_000;

    /// <summary>The number of bytes in every part of an upload session but the last.</summary>
    public int BoxPartSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>Milliseconds until an upload session expires.</summary>
    public double BoxSessionLifeMs { get; init; } = 7 * 24 * 3_600_000.0;

    /// <summary>The base address of the endpoints of new upload sessions; null for the emulator's own. <c>{download}</c> is the download port.</summary>
    public string? BoxSessionHost { get; init; }

    /// <summary>The number of commits that get 400 <c>parts_mismatch</c> even if all parts were uploaded.</summary>
    public int BoxCommitMismatches { get; init; }

    /// <summary>The number of commits that get 202 before the version is created.</summary>
    public int BoxCommitNotReady { get; init; }

    /// <summary>The <c>Retry-After</c> of those replies, in seconds.</summary>
    public int BoxCommitRetryAfterSec { get; init; } = 1;

    /// <summary>Whether a repeated commit gets the reply of the first one; otherwise 410.</summary>
    public bool BoxCommitIsRepeatable { get; init; } = true;

    /// <summary>The maximum size of uploaded content that is kept. Larger content cannot be downloaded; only its size and SHA-1 are kept.</summary>
    public int KeptUploadSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>ImageKit's rate limit for each key, in fixed windows that begin with a request; null for none.</summary>
    public RateLimit? IkRateLimit { get; init; }

    /// <summary>New versions that appear at the top of a Box file's list while a client pages through it.</summary>
    public PagingChange? GrowWhilePaging { get; init; }

    /// <summary>Versions that vanish from the top of a Box file's list while a client pages through it.</summary>
    public PagingChange? ShrinkWhilePaging { get; init; }

    /// <summary>New files that appear at both ends of a Box folder while a client pages through it.</summary>
    public PagingChange? GrowFolderWhilePaging { get; init; }

    /// <summary>Files at the beginning of a Box folder that are moved to the trash while a client pages through it.</summary>
    public PagingChange? ShrinkFolderWhilePaging { get; init; }

    /// <summary>The number of entries that a page of Box folder items repeats from the previous page, when paged by marker.</summary>
    public int RepeatEntries { get; init; }

    /// <summary>Whether pages of Box folder items have <c>total_count</c> when paged by marker.</summary>
    public bool MarkerTotalCount { get; init; }

    /// <summary>What <c>next_marker</c> is on the last page of Box folder items.</summary>
    public LastMarker LastMarker { get; init; }

    /// <summary>Whether Box writes <c>next_stream_position</c> as a number.</summary>
    public bool NumericStreamPosition { get; init; }

    /// <summary>The number of 202 replies before Box returns a version's content.</summary>
    public int NotReady { get; init; }

    /// <summary>The <c>Retry-After</c> of those replies, in seconds.</summary>
    public int NotReadyRetryAfterSec { get; init; } = 1;

    /// <summary>Whether downloads support range requests.</summary>
    public bool Ranges { get; init; } = true;

    /// <summary>The host name in links to the download port.</summary>
    public string RedirectHost { get; init; } = "127.0.0.1";

    /// <summary>Milliseconds until a download link expires.</summary>
    public long LinkLifeMs { get; init; } = 900_000;

    /// <summary>Whether the proxy requires <c>proxyuser</c> and <c>proxypass</c>.</summary>
    public bool ProxyAuth { get; init; }

    /// <summary>The seed of the pseudo-random choices.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The time by the services' clock.</summary>
    internal DateTimeOffset Now() => DateTimeOffset.UtcNow.AddSeconds(ClockSkewSec);
}
