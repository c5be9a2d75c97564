@{
    Title    = 'one file of 10,000 versions, 50 ms a reply'
    Settings = @{ boxVersions = 10000; latencyMs = 50 }
    Sides    = [ordered]@{
        'FileVersions, 16 at once' = New-Side FileVersions -ThrottleLimit 16 -RunCount 21
        'FileVersions, 8 at once'  = New-Side FileVersions -RunCount 21
        'Invoke-RestMethod' = New-Side loop -RunCount 21
        'bare C#, 16 at once' = New-Side 'bare C#' -ThrottleLimit 16 -RunCount 21
        'box-node-sdk'      = New-Side box-node-sdk -RunCount 21
    }
    Note     = 'The sides do it 21 times in their process: .NET compiles for the first four of them, here and in bare C# alike.'
    Holds    = 'ten pages are two rounds of replies at 16 at once and exactly three at 8, the default: there three reply times are the waiting alone. What is left for sending, unpacking and parsing five megabytes of replies, beside an emulator on the same cores, takes bare C# as long (its row).'
    Goals    = @(
        @{ Text = 'reply times of 50 ms, 16 at once'; AtMost = 3; Value = { param($m) $m['FileVersions, 16 at once'].Ms / 50 } }
        @{ Text = 'reply times of 50 ms, 8 at once (the default)'; AtMost = 3; Value = { param($m) $m['FileVersions, 8 at once'].Ms / 50 } }
    )
}
