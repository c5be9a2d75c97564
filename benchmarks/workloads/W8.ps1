$many = @{ FileCount = 5000; ThrottleLimit = 16 }
$ik = @{ Service = 'ik'; FileCount = 500; ThrottleLimit = 16; RunCount = 15 }
@{
    Title    = '5,000 files with 10 versions each, no latency, 16 requests in flight'
    Settings = @{ boxVersions = 10 }
    Rounds   = 4
    Sides    = [ordered]@{
        'FileVersions'             = New-Side FileVersions @many -RunCount 15
        'ForEach-Object -Parallel' = New-Side parallel @many -Rounds 2
        'bare C#'                  = New-Side 'bare C#' @many -RunCount 15
        'box-node-sdk'             = New-Side box-node-sdk @many -RunCount 3
        'FileVersions, ImageKit'   = New-Side FileVersions @ik
        '@imagekit/nodejs'         = New-Side '@imagekit/nodejs' @ik
    }
    Note     = 'Each side lists all files 15 times in one process (box-node-sdk 3 times), because .NET compiles during the first three or four lists.'
    Limit    = 'Compared with bare C#, the module keeps the order, creates typed values and writes every page from the thread of the pipeline, on two cores shared with the emulator.'
    Goals    = @(
        @{ Text = "of bare C#'s requests a second"; AtLeast = 0.85; Value = { param($m) $m['bare C#'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times the processor time per version of box-node-sdk'; AtMost = 1; Value = { param($m) $m['FileVersions'].CpuMs / $m['box-node-sdk'].CpuMs } }
        @{ Text = 'times the processor time per version of @imagekit/nodejs'; AtMost = 1; Value = { param($m) $m['FileVersions, ImageKit'].CpuMs / $m['@imagekit/nodejs'].CpuMs } }
    )
}
