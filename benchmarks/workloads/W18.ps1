$many = '-FileCount', '500', '-Size', '20000', '-RunCount', '3'
$add = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/add.ps1') + $many
@{
    Title    = '500 files of 20 kB added to Box, 20 ms latency'
    Settings = @{ latencyMs = 20 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Add-BoxFileVersion' = @{ Command = $add }
        'curl loop'          = @{ Command = $add + '-Curl'; Rounds = 1; Missing = if (-not (Get-Command -Name curl, sh -CommandType Application -ErrorAction Ignore)) { 'curl is not on this machine' } }
    }
    Note     = 'For each file, Add-BoxFileVersion reads the file before and the record of the new version afterwards; the loop sends the upload alone and verifies nothing.'
    Goals    = @(
        @{ Text = "times the loop's throughput"; AtLeast = 2; Value = { param($m) $m['curl loop'].Ms / $m['Add-BoxFileVersion'].Ms } }
    )
}
