@{
    Title    = '1,000,000 versions over 1,000 files into Measure-Object'
    Settings = @{ boxVersions = 1000 }
    Rounds   = 3
    Sides    = [ordered]@{
        '1,000,000 versions' = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/measure-object.ps1", '-FileCount', 1000 }
        '10,000 versions'    = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/measure-object.ps1", '-FileCount', 10 }
    }
    Note     = 'What is alive after a full collection does not grow with the versions: about 10 MB.'
    Holds    = 'the garbage collector: 10,000 versions end after one collection or none, while a million fill every budget that it allows itself (13 MB for the youngest objects on a machine with 32 MB of cache) and make .NET compile the hot code once more. Fewer requests at once, fewer pages held and other buffers change nothing: tried.'
    Goals    = @(
        @{ Text = 'times the peak memory of 10,000 versions'; AtMost = 1.1; Value = { param($m) $m['1,000,000 versions'].PeakMB / $m['10,000 versions'].PeakMB } }
    )
}
