@{
    Title    = 'one file of 10,000 versions, 50 ms a reply'
    Settings = @{ boxVersions = 10000; latencyMs = 50 }
    Sides    = [ordered]@{
        'FileVersions'      = New-Side FileVersions -RunCount 5
        'Invoke-RestMethod' = New-Side loop -RunCount 5
        'bare C#'           = New-Side 'bare C#' -RunCount 5
        'box-node-sdk'      = New-Side box-node-sdk -RunCount 5
    }
    Goals    = @(
        @{ Text = 'reply times of 50 ms'; AtMost = 3; Value = { param($m) $m['FileVersions'].Ms / 50 } }
    )
}
