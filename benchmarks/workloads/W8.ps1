$many = @{ FileCount = 5000; ThrottleLimit = 16 }
$ik = @{ Service = 'ik'; FileCount = 500; ThrottleLimit = 16; RunCount = 15 }
@{
    Title    = '5,000 files of 10 versions, no latency, 16 at once'
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
    Note     = 'The sides do it fifteen times in their process, box-node-sdk three times: .NET compiles, and compiles again, for the first three or four of them, here and in bare C# alike.'
    Holds    = 'against bare C#, the order, the typed values, and the thread of the pipeline, which takes every page, on two cores shared with the emulator.'
    Goals    = @(
        @{ Text = "of bare C#'s requests a second"; AtLeast = 0.85; Value = { param($m) $m['bare C#'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times the processor time per version of box-node-sdk'; AtMost = 1; Value = { param($m) $m['FileVersions'].CpuMs / $m['box-node-sdk'].CpuMs } }
        @{ Text = 'times the processor time per version of @imagekit/nodejs'; AtMost = 1; Value = { param($m) $m['FileVersions, ImageKit'].CpuMs / $m['@imagekit/nodejs'].CpuMs } }
    )
}
