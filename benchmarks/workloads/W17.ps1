$size = '1000000000'
$add = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/add.ps1') + '-Size' + $size + '-RunCount' + '2'
@{
    Title    = 'one file of 1 GB added to Box'
    Settings = @{ boxUploadLimit = 2000000000 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Add-BoxFileVersion' = @{ Command = $add }
        'curl'               = @{ Command = $add + '-Curl'; Missing = if (-not (Get-Command -Name curl, sh -CommandType Application -ErrorAction Ignore)) { 'curl is not on this machine' } }
        'box-node-sdk'       = @{ Command = 'node', (Join-Path $PSScriptRoot '../sides/add-box-node-sdk.mjs'), $size, '2'; Missing = $noNode }
    }
    Note     = 'Add-BoxFileVersion and box-node-sdk send parts of 8 MiB, each with its SHA-1, and the SHA-1 of the whole; curl sends one stream without any checksum, which the real Box accepts up to 50 MB only. The emulator verifies what it is sent.'
    Holds    = 'the checksums: both sides hash every byte twice, once for its part and once for the whole, on two cores that client and emulator share; of curl''s stream, only the emulator computes one.'
    Goals    = @(
        @{ Text = "of curl's throughput"; AtLeast = 1; Value = { param($m) $m['curl'].Ms / $m['Add-BoxFileVersion'].Ms } }
        @{ Text = "of box-node-sdk's throughput"; AtLeast = 1; Value = { param($m) $m['box-node-sdk'].Ms / $m['Add-BoxFileVersion'].Ms } }
    )
}
