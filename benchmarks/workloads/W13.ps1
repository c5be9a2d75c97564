$side = $powerShell + '-File', "$PSScriptRoot/../sides/pipeline.ps1", '-WarmUp', 'Get-BoxFile 555'
@{
    Title    = 'finding 100,000 files in 2,000 folders, 20 ms a reply, 16 at once'
    Settings = @{ latencyMs = 20 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Get-BoxFile -Recurse'                = @{ Command = $side + '-Code', 'Get-BoxFile 802351 -Recurse -ThrottleLimit 16' }
        'recursive Invoke-RestMethod script'  = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/walk.ps1", '-FolderId', '802351'; Rounds = 1 }
    }
    Note     = 'The ideal is 2,001 folders and the second page of the root, 16 at a time.'
    Goals    = @(
        @{ Text = 'times the ideal: 2,002 x 20 ms / 16 = 2.5 s'; AtMost = 1.15; Value = { param($m) $m['Get-BoxFile -Recurse'].Ms / 2502 } }
    )
}
