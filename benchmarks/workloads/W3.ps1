@{
    Title    = 'one file with 10,000 versions, 50 ms latency'
    Overview = 'List one file with 10,000 versions'
    Settings = @{ boxVersions = 10000; latencyMs = 50 }
    Sides    = [ordered]@{
        'FileVersions, 16 in flight' = New-Side FileVersions -ThrottleLimit 16 -RunCount 21
        'FileVersions, 8 in flight'  = New-Side FileVersions -RunCount 21
        'Invoke-RestMethod'          = New-Side loop -RunCount 21
        'bare C#, 16 in flight'      = New-Side 'bare C#' -ThrottleLimit 16 -RunCount 21
        'box-node-sdk'               = New-Side box-node-sdk -RunCount 21
    }
    Note     = 'Each side lists the file 21 times in one process, because .NET compiles during the first four lists.'
    Limit    = 'Ten pages take two round trips with 16 requests in flight, and exactly three with 8, the default: then latency alone reaches the goal. Bare C# needs as long to send, decompress and parse 5 MB of replies on the cores that it shares with the emulator.'
    Goals    = @(
        @{ Text = 'round trips of 50 ms, 16 requests in flight'; AtMost = 3; Value = { param($m) $m['FileVersions, 16 in flight'].Ms / 50 } }
        @{ Text = 'round trips of 50 ms, 8 requests in flight (the default)'; AtMost = 3; Value = { param($m) $m['FileVersions, 8 in flight'].Ms / 50 } }
    )
}
