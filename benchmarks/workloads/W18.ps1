$many = '-FileCount', '500', '-Size', '20000', '-RunCount', '3'
$add = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/add.ps1') + $many
@{
    Title    = '500 files of 20 kB added to Box, 20 ms latency'
    Settings = @{ latencyMs = 20 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Add-BoxFileVersion' = @{ Command = $add; IsModule = $true }
        'curl loop'          = @{ Command = $add + '-Curl'; Rounds = 1; Missing = $noCurl }
    }
    Note     = 'For each file, Add-BoxFileVersion reads the record of the file before the upload and that of the new version after it. The loop sends only the upload and verifies nothing.'
    Goals    = @(
        @{ Text = "times the loop's throughput"; AtLeast = 2; Value = { param($m) $m['curl loop'].Ms / $m['Add-BoxFileVersion'].Ms } }
    )
}
