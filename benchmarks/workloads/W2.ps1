@{
    Title    = 'one file with 10,000 versions, no latency'
    Settings = @{ boxVersions = 10000 }
    Rounds   = 7
    Sides    = [ordered]@{
        'FileVersions'       = New-Side FileVersions -RunCount 11
        'Invoke-RestMethod'  = New-Side loop -RunCount 11
        'bare C#'            = New-Side 'bare C#' -RunCount 11
        'box-node-sdk'       = New-Side box-node-sdk -RunCount 11
        'FileVersions, cold' = New-Side FileVersions -Cold
        'box-node-sdk, cold' = New-Side box-node-sdk -Cold
        'bare pwsh, cold'    = @{ Command = $powerShell + '-Command', '1' }
    }
    Limit    = 'A cold process spends most of its time on the start of PowerShell (see bare pwsh) and on compiling the HTTP client and this module. Bare C# ignores unknown fields, shares no strings, keeps no order, does not retry, and writes no objects to a pipeline.'
    Goals    = @(
        @{ Text = 'times as fast as the Invoke-RestMethod loop'; AtLeast = 4; Value = { param($m) $m['Invoke-RestMethod'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times bare C#'; AtMost = 1.2; Value = { param($m) $m['FileVersions'].Ms / $m['bare C#'].Ms } }
        @{ Text = 'times box-node-sdk, both as a cold process'; AtMost = 1; Value = { param($m) $m['FileVersions, cold'].WallMs / $m['box-node-sdk, cold'].WallMs } }
    )
}
