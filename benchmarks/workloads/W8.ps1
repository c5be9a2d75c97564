$many = @{ FileCount = 5000; ThrottleLimit = 16 }
@{
    Title    = '5,000 files of 10 versions, no latency, 16 at once'
    Settings = @{ boxVersions = 10 }
    Sides    = [ordered]@{
        'FileVersions'             = New-Side FileVersions @many
        'ForEach-Object -Parallel' = New-Side parallel @many -Rounds 2
        'bare C#'                  = New-Side 'bare C#' @many
        'box-node-sdk'             = New-Side box-node-sdk @many
        'FileVersions, ImageKit'   = New-Side FileVersions -Service ik -FileCount 500 -ThrottleLimit 16
        '@imagekit/nodejs'         = New-Side '@imagekit/nodejs' -Service ik -FileCount 500 -ThrottleLimit 16
    }
    Goals    = @(
        @{ Text = "of bare C#'s requests a second"; AtLeast = 0.85; Value = { param($m) $m['bare C#'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times the processor time per version of box-node-sdk'; AtMost = 1; Value = { param($m) $m['FileVersions'].CpuMs / $m['box-node-sdk'].CpuMs } }
        @{ Text = 'times the processor time per version of @imagekit/nodejs'; AtMost = 1; Value = { param($m) $m['FileVersions, ImageKit'].CpuMs / $m['@imagekit/nodejs'].CpuMs } }
    )
}
