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
    Holds    = 'not known in full. Bare C# shows how near one comes on these cores. What the module has beside it is code that is compiled in the first second, and the thread of the pipeline, which takes every page: with other work on the two cores each of them waits for its turn, and while the machine was less busy the module was nearer to bare C#.'
    Goals    = @(
        @{ Text = 'times the ideal: 2,000 x 20 ms / 16 = 2.5 s'; AtMost = 1.08; Value = { param($m) $m['FileVersions'].Ms / 2500 } }
        @{ Text = 'times as fast as ForEach-Object -Parallel'; AtLeast = 4; Value = { param($m) $m['ForEach-Object -Parallel'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times as fast as the Invoke-RestMethod loop'; AtLeast = 15; Value = { param($m) $m['Invoke-RestMethod'].Ms / $m['FileVersions'].Ms } }
    )
}
