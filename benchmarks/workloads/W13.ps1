$side = $powerShell + '-File', "$PSScriptRoot/../sides/pipeline.ps1", '-WarmUp', 'Get-BoxFile 555', '-RunCount', 5
$folder = '802351'
@{
    Title    = '100,000 files found in 2,000 folders, 20 ms latency, 16 requests in flight'
    Overview = 'Find 100,000 files in 2,000 folders'
    Settings = @{ latencyMs = 20 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Get-BoxFile -Recurse' = @{ Command = $side + '-Code', "Get-BoxFile $folder -Recurse -ThrottleLimit 16"; IsModule = $true }
        'Invoke-RestMethod'    = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/walk.ps1", '-FolderId', $folder; Rounds = 1 }
        'box-node-sdk'         = @{ Command = 'node', (Join-Path $PSScriptRoot '../sides/walk-box-node-sdk.mjs'), $folder, 16, 5; Missing = $noNode }
    }
    Note     = 'The ideal is 2,001 folders and the second page of the root, 16 at a time. The module and box-node-sdk walk the tree 5 times in one process; Invoke-RestMethod, a recursive script, walks it once.'
    Goals    = @(
        @{ Text = 'times the ideal: 2,002 x 20 ms / 16 = 2.5 s'; AtMost = 1.15; Value = { param($m) $m['Get-BoxFile -Recurse'].Ms / 2502 } }
    )
}
