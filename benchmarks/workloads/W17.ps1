$size = '1000000000'
$add = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/add.ps1') + '-Size' + $size + '-RunCount' + '2'
@{
    Title    = 'one file of 1 GB added to Box'
    Settings = @{ boxUploadLimit = 2000000000 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Add-BoxFileVersion' = @{ Command = $add; IsModule = $true }
        'curl'               = @{ Command = $add + '-Curl'; Missing = $noCurl }
        'box-node-sdk'       = @{ Command = 'node', (Join-Path $PSScriptRoot '../sides/add-box-node-sdk.mjs'), $size, '2'; Missing = $noNode }
    }
    Note     = 'Add-BoxFileVersion and box-node-sdk send parts of 8 MiB, each with its SHA-1, and then the SHA-1 of the whole file. curl sends one stream without a checksum, which Box accepts only up to 50 MB. The emulator verifies every checksum.'
    Limit    = 'Client and emulator hash every byte twice, for its part and for the whole file, on the two cores that they share. Of the stream from curl, only the emulator computes one hash.'
    Goals    = @(
        @{ Text = "of curl's throughput"; AtLeast = 1; Value = { param($m) $m['curl'].Ms / $m['Add-BoxFileVersion'].Ms } }
        @{ Text = "of box-node-sdk's throughput"; AtLeast = 1; Value = { param($m) $m['box-node-sdk'].Ms / $m['Add-BoxFileVersion'].Ms } }
    )
}
