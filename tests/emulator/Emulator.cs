using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FileVersions.Emulator.Box;
using FileVersions.Emulator.Downloads;
using FileVersions.Emulator.Faults;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.ImageKit;
using FileVersions.Emulator.Limits;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator;

/// <summary>Both services and their state, without the HTTP server.</summary>
internal sealed class Emulator : IDisposable
{
    /// <summary>Options of the control interface. An unknown name is an error.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly EmulatorSettings _start;
    private readonly SlidingWindowLimiter _boxLimiter = new();
    private readonly SlidingWindowLimiter _boxUploadLimiter = new();
    private readonly FixedWindowLimiter _ikLimiter = new();
    private readonly BoxDownloads _boxDownloads;
    private readonly BoxUploadSessions _boxSessions;
    private readonly IKLibrary _ikLibrary;
    private readonly IKUploads _ikUploads;
    private readonly JwtAssertion _assertions;
    private volatile EmulatorSettings _settings;

    internal Emulator(EmulatorSettings settings, Func<int> downloadPort)
    {
        _start = _settings = settings;
        var links = new DownloadLinks(downloadPort);
        BoxFiles = new BoxStore(Cache);
        BoxFolders = new BoxFolderStore(BoxFiles, Cache);
        BoxEventLog = new BoxEventLog(BoxFiles);
        IKFiles = new IKStore(Cache);
        _boxDownloads = new BoxDownloads(BoxFiles, links);
        _assertions = new JwtAssertion(AppKey);
        var boxVersions = new BoxVersionUpload(BoxFiles, BoxFolders, Stats.Uploads);
        _boxSessions = new BoxUploadSessions(boxVersions, Stats.Uploads, downloadPort);
        Box = new BoxService(Tokens, _boxLimiter, new BoxReads(BoxFiles, Cache), new BoxFolderReads(BoxFolders, Cache), new BoxEvents(BoxEventLog), new BoxChanges(BoxFiles, BoxFolders), _boxDownloads, new BoxUploads(boxVersions, _boxSessions, _boxUploadLimiter, Stats.Uploads));
        TokenService = new BoxTokenService(Tokens, _assertions);
        _ikLibrary = new IKLibrary(IKFiles);
        var ikReads = new IKReads(IKFiles, _ikLibrary, Cache, links);
        _ikUploads = new IKUploads(IKFiles, ikReads, Stats.Uploads);
        ImageKit = new IKService(_ikLimiter, ikReads, new IKChanges(IKFiles, ikReads), _ikUploads);
        Downloads = new DownloadService(BoxFiles, IKFiles, links);
    }

    internal EmulatorSettings Settings => _settings;

    internal StatsBook Stats { get; } = new();

    internal FaultBook Faults { get; } = new();

    internal DelayQueue Delays { get; } = new();

    internal PageCache Cache { get; } = new();

    internal BoxAppKey AppKey { get; } = new();

    internal BoxTokens Tokens { get; } = new();

    internal BoxStore BoxFiles { get; }

    internal BoxFolderStore BoxFolders { get; }

    internal BoxEventLog BoxEventLog { get; }

    internal IKStore IKFiles { get; }

    internal BoxService Box { get; }

    internal BoxTokenService TokenService { get; }

    internal IKService ImageKit { get; }

    internal DownloadService Downloads { get; }

    /// <summary>Changes the settings in <paramref name="patch"/>.</summary>
    internal void Patch(JsonObject patch)
    {
        JsonObject merged = JsonText.With(JsonSerializer.SerializeToNode(_settings, Json)!.AsObject(), patch);
        Apply(merged.Deserialize<EmulatorSettings>(Json)!);
    }

    /// <summary>Restores the initial state.</summary>
    internal void Reset()
    {
        BoxFiles.Reset();
        BoxFolders.Reset();
        _boxSessions.Reset();
        BoxEventLog.Reset();
        IKFiles.Reset();
        Tokens.Reset();
        _assertions.Reset();
        Faults.Set([]);
        Stats.Reset();
        Apply(_start);
    }

    public void Dispose()
    {
        Delays.Dispose();
        AppKey.Dispose();
    }

    private void Apply(EmulatorSettings settings)
    {
        _settings = settings;
        _boxLimiter.Reset();
        _boxUploadLimiter.Reset();
        _ikLimiter.Reset();
        _boxDownloads.Reset();
        BoxFiles.ResetListRequests();
        BoxFolders.ResetRequests();
        _ikLibrary.Reset();
        _ikUploads.Reset();
        Cache.Clear();
    }
}
