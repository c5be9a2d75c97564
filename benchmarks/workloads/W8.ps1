$many = @{ FileCount = 5000; ThrottleLimit = 16 }
$ik = @{ Service = 'ik'; FileCount = 500; ThrottleLimit = 16; RunCount = 3 }
@{
    Title    = '5,000 files of 10 versions, no latency, 16 at once'
    Settings = @{ boxVersions = 10 }
    Sides    = [ordered]@{
        'FileVersions'             = New-Side FileVersions @many -RunCount 3
        'ForEach-Object -Parallel' = New-Side parallel @many -Rounds 2
        'bare C#'                  = New-Side 'bare C#' @many -RunCount 3
        'box-node-sdk'             = New-Side box-node-sdk @many -RunCount 3
        'FileVersions, ImageKit'   = New-Side FileVersions @ik
        '@imagekit/nodejs'         = New-Side '@imagekit/nodejs' @ik
    }
    Holds    = 'against bare C#, the order, the typed values, and code that is compiled while the short run lasts, on two cores shared with the emulator. For ImageKit, the field that no property names (selectedFieldsSchema, on every version): it comes as a note property, and PowerShell keeps each of those in a table of weak references that the garbage collector must follow, which is most of the processor time and of the memory. The SDK gives the parsed JSON as it is: dates stay text, and nothing is checked.'
    Goals    = @(
        @{ Text = "of bare C#'s requests a second"; AtLeast = 0.85; Value = { param($m) $m['bare C#'].Ms / $m['FileVersions'].Ms } }
        @{ Text = 'times the processor time per version of box-node-sdk'; AtMost = 1; Value = { param($m) $m['FileVersions'].CpuMs / $m['box-node-sdk'].CpuMs } }
        @{ Text = 'times the processor time per version of @imagekit/nodejs'; AtMost = 1; Value = { param($m) $m['FileVersions, ImageKit'].CpuMs / $m['@imagekit/nodejs'].CpuMs } }
    )
}
