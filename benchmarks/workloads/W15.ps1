$list = '100000001..100010000 | Get-BoxFileVersion -ThrottleLimit 16'
$side = $powerShell + '-File', "$PSScriptRoot/../sides/pipeline.ps1", '-WarmUp', 'Get-BoxFileVersion 1 | Select-ExpiredFileVersion -KeepLast 1', '-Code'
@{
    Title    = 'retention rules on 1,000,000 versions of 10,000 files, 20 ms latency, 16 requests in flight'
    Settings = @{ boxVersions = 100; latencyMs = 20 }
    Rounds   = 3
    Sides    = [ordered]@{
        'the rules alone'        = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/rules.ps1", '-FileCount', 10000; IsModule = $true }
        'the listing with rules' = @{ Command = $side + "$list | Select-ExpiredFileVersion -KeepLast 10 -KeepDaily 30 -KeepMonthly 12"; IsModule = $true }
        'the listing alone'      = @{ Command = $side + $list; IsModule = $true }
    }
    Note     = 'The first side lists 10,000 versions at a time into memory and times only Select-ExpiredFileVersion. In a pipeline, the rules run while the next replies arrive.'
    Goals    = @(
        @{ Text = 'versions a second, the rules alone'; AtLeast = 500000; Value = { param($m) 1e9 / $m['the rules alone'].Ms } }
        @{ Text = 'times the listing alone: the listing with rules'; AtMost = 1.1; Value = { param($m) $m['the listing with rules'].Ms / $m['the listing alone'].Ms } }
    )
}
