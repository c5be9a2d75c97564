$many = @{ FileCount = 2000; ThrottleLimit = 16 }
@{
    Title    = 'versions of 2,000 files with 10 versions each, 20 ms latency, 16 requests in flight'
    Overview = 'List the versions of 2,000 files'
    Settings = @{ latencyMs = 20; boxVersions = 10 }
    Sides    = [ordered]@{
        'FileVersions'             = New-Side FileVersions @many
        'Invoke-RestMethod'        = New-Side loop @many -Rounds 2
        'ForEach-Object -Parallel' = New-Side parallel @many -Rounds 3
        'bare C#'                  = New-Side 'bare C#' @many
        'box-node-sdk'             = New-Side box-node-sdk @many
    }
    Limit    = 'Latency sets the limit: bare C#, which only sends the requests, takes as long. ForEach-Object -Parallel needs less than four times the ideal here, so no client can be four times as fast.'
    Goals    = @(
        @{ Text = 'times the ideal: 2,000 x 20 ms / 16 = 2.5 s'; AtMost = 1.08; Value = { param($m) $m['FileVersions'].Ms / 2500 } }
        @{ Text = 'times as fast as ForEach-Object -Parallel'; AtLeast = 4; Value = { param($m) $m['ForEach-Object -Parallel'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times as fast as the Invoke-RestMethod loop'; AtLeast = 15; Value = { param($m) $m['Invoke-RestMethod'].Ms / $m['FileVersions'].Ms } }
    )
}
