@{
    Title    = 'one file of 10,000 versions, no latency'
    Settings = @{ boxVersions = 10000 }
    Rounds   = 7
    Sides    = [ordered]@{
        'FileVersions'            = New-Side FileVersions -RunCount 5
        'Invoke-RestMethod'       = New-Side loop -RunCount 5
        'bare C#'                 = New-Side 'bare C#' -RunCount 5
        'box-node-sdk'            = New-Side box-node-sdk -RunCount 5
        'FileVersions, cold'      = New-Side FileVersions -Cold
        'box-node-sdk, cold'      = New-Side box-node-sdk -Cold
    }
    Goals    = @(
        @{ Text = 'times as fast as the Invoke-RestMethod loop'; AtLeast = 4; Value = { param($m) $m['Invoke-RestMethod'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times bare C#'; AtMost = 1.2; Value = { param($m) $m['FileVersions'].Ms / $m['bare C#'].Ms } }
        @{ Text = 'times box-node-sdk, from the start of a cold process to its end'; AtMost = 1; Value = { param($m) $m['FileVersions, cold'].WallMs / $m['box-node-sdk, cold'].WallMs } }
    )
}
