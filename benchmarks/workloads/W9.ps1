$large = '-FileId', '555', '-Count', '1', '-Size', '1000000000', '-RunCount', '3'
$save = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/save.ps1') + $large
@{
    Title = 'one version of 1 GB downloaded'
    Sides = [ordered]@{
        'Save-BoxFileVersion' = @{ Command = $save }
        'curl'                = @{ Command = $save + '-Curl'; Missing = if (-not (Get-Command -Name curl, sh -CommandType Application -ErrorAction Ignore)) { 'curl is not on this machine' } }
    }
    Holds = 'the check of every byte against the SHA-1 that Box gave, which curl does not make: OpenSSL takes 0.6 s of a core for 1 GB here, and the sender, the receiver and the check share two cores. Where curl took 1.4 s, 1.03 of its throughput was reached.'
    Goals = @(
        @{ Text = "of curl's throughput"; AtLeast = 0.9; Value = { param($m) $m['curl'].Ms / $m['Save-BoxFileVersion'].Ms } }
    )
}
