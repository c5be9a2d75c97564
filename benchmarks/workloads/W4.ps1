$side = $powerShell + '-File', "$PSScriptRoot/../sides/measure-object.ps1", '-FileCount'
@{
    Title    = '1,000,000 versions of 1,000 files piped to Measure-Object'
    Settings = @{ boxVersions = 1000 }
    Rounds   = 3
    Sides    = [ordered]@{
        '1,000,000 versions' = @{ Command = $side + 1000; IsModule = $true }
        '100,000 versions'   = @{ Command = $side + 100; IsModule = $true }
    }
    Note     = 'About 10 MB are alive after a full garbage collection, whatever the number of versions.'
    Limit    = 'The garbage collector sizes its youngest generation by the processor cache, and a short run ends before it fills. Fewer requests in flight, fewer pages in memory and smaller buffers change nothing. A collection after every 5,000 versions helps, but costs a quarter more processor time, so the module does not force any.'
    Goals    = @(
        @{ Text = 'times the peak memory of 100,000 versions'; AtMost = 1.1; Value = { param($m) $m['1,000,000 versions'].PeakMB / $m['100,000 versions'].PeakMB } }
    )
}
