@{
    Title    = 'one file of 10,000 versions, no latency'
    Settings = @{ boxVersions = 10000 }
    Rounds   = 7
    Sides    = [ordered]@{
        'FileVersions'            = New-Side FileVersions -RunCount 11
        'Invoke-RestMethod'       = New-Side loop -RunCount 11
        'bare C#'                 = New-Side 'bare C#' -RunCount 11
        'box-node-sdk'            = New-Side box-node-sdk -RunCount 11
        'FileVersions, cold'      = New-Side FileVersions -Cold
        'box-node-sdk, cold'      = New-Side box-node-sdk -Cold
        'bare pwsh, cold'         = @{ Command = $powerShell + '-Command', '1' }
    }
    Holds    = 'of a cold process, the start of PowerShell itself (the last row, which does nothing) and then the code that is compiled at its first use: the HTTP client''s, this module''s, and the state machines of both. Against bare C#, what it leaves out: unknown fields, strings that are shared, order, retries, and the objects in the pipeline.'
    Goals    = @(
        @{ Text = 'times as fast as the Invoke-RestMethod loop'; AtLeast = 4; Value = { param($m) $m['Invoke-RestMethod'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times bare C#'; AtMost = 1.2; Value = { param($m) $m['FileVersions'].Ms / $m['bare C#'].Ms } }
        @{ Text = 'times box-node-sdk, from the start of a cold process to its end'; AtMost = 1; Value = { param($m) $m['FileVersions, cold'].WallMs / $m['box-node-sdk, cold'].WallMs } }
    )
}
