using System.Text.Json.Nodes;

namespace FileVersions.Emulator.Stats;

/// <summary>Counts the results of uploads, in addition to their requests.</summary>
internal sealed class UploadStats
{
    private readonly Lock _gate = new();
    private long _boxVersions;
    private long _ikVersions;
    private long _bytes;
    private int _sessionsOpened;
    private int _sessionsOpen;
    private long _parts;
    private int _partsInFlight;
    private int _peakPartsInFlight;

    /// <summary>An upload created a version.</summary>
    internal void VersionCreated(Service service)
    {
        lock (_gate)
        {
            if (service == Service.Ik)
            {
                _ikVersions++;
            }
            else
            {
                _boxVersions++;
            }
        }
    }

    /// <summary>Counts received content, whether or not it became part of a version.</summary>
    internal void Received(long bytes)
    {
        lock (_gate)
        {
            _bytes += bytes;
        }
    }

    internal void SessionOpened()
    {
        lock (_gate)
        {
            _sessionsOpened++;
            _sessionsOpen++;
        }
    }

    internal void SessionClosed()
    {
        lock (_gate)
        {
            _sessionsOpen--;
        }
    }

    internal void PartStarted()
    {
        lock (_gate)
        {
            _peakPartsInFlight = Math.Max(_peakPartsInFlight, ++_partsInFlight);
        }
    }

    internal void PartEnded(bool isStored)
    {
        lock (_gate)
        {
            _partsInFlight--;
            _parts += isStored ? 1 : 0;
        }
    }

    /// <summary>Resets all counts except those of open sessions and requests in flight.</summary>
    internal void Reset()
    {
        lock (_gate)
        {
            _boxVersions = _ikVersions = _bytes = _parts = 0;
            _sessionsOpened = 0;
            _peakPartsInFlight = _partsInFlight;
        }
    }

    internal JsonObject ToJson()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["boxVersions"] = _boxVersions,
                ["ikVersions"] = _ikVersions,
                ["bytes"] = _bytes,
                ["sessionsOpened"] = _sessionsOpened,
                ["sessionsOpen"] = _sessionsOpen,
                ["parts"] = _parts,
                ["peakPartsInFlight"] = _peakPartsInFlight,
            };
        }
    }
}
