$large = '-FileId', '555', '-Count', '1', '-Size', '1000000000', '-RunCount', '3'
$save = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/save.ps1') + $large
@{
    Title = 'one version of 1 GB saved'
    Sides = [ordered]@{
        'Save-BoxFileVersion' = @{ Command = $save; IsModule = $true }
        'curl'                = @{ Command = $save + '-Curl'; Missing = $noCurl }
    }
    Limit = 'The module compares the content with the SHA-1 that Box returned, and curl does not. OpenSSL needs 0.6 s of a core for 1 GB here, while server, client and hash share two cores.'
    Goals = @(
        @{ Text = "of curl's throughput"; AtLeast = 0.9; Value = { param($m) $m['curl'].Ms / $m['Save-BoxFileVersion'].Ms } }
    )
}
