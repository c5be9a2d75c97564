$many = @{ FileCount = 2000; ThrottleLimit = 16 }
@{
    Title    = '2,000 files of 10 versions, 20 ms a reply, 16 at once'
    Settings = @{ latencyMs = 20; boxVersions = 10 }
    Sides    = [ordered]@{
        'FileVersions'          = New-Side FileVersions @many
        'Invoke-RestMethod'     = New-Side loop @many -Rounds 2
        'ForEach-Object -Parallel' = New-Side parallel @many -Rounds 3
        'bare C#'               = New-Side 'bare C#' @many
        'box-node-sdk'          = New-Side box-node-sdk @many
    }
    Holds    = 'the emulator and two cores for both: bare C#, which does nothing but the requests, takes as long (its row). Where ForEach-Object -Parallel stays within four times the ideal, as here, nothing can be four times as fast as it; on a slower machine it was 3.8 times.'
    Goals    = @(
        @{ Text = 'times the ideal: 2,000 x 20 ms / 16 = 2.5 s'; AtMost = 1.08; Value = { param($m) $m['FileVersions'].Ms / 2500 } }
        @{ Text = 'times as fast as ForEach-Object -Parallel'; AtLeast = 4; Value = { param($m) $m['ForEach-Object -Parallel'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times as fast as the Invoke-RestMethod loop'; AtLeast = 15; Value = { param($m) $m['Invoke-RestMethod'].Ms / $m['FileVersions'].Ms } }
    )
}
