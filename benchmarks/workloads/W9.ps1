$large = '-FileId', '555', '-Count', '1', '-Size', '1000000000', '-RunCount', '3'
$save = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/save.ps1') + $large
@{
    Title = 'one version of 1 GB downloaded'
    Sides = [ordered]@{
        'Save-BoxFileVersion' = @{ Command = $save }
        'curl'                = @{ Command = $save + '-Curl'; Missing = if (-not (Get-Command -Name curl, sh -CommandType Application -ErrorAction Ignore)) { 'curl is not on this machine' } }
    }
    Holds = 'the check of every byte against the SHA-1 that Box gave, which curl does not make, on two cores that the sender needs as well.'
    Goals = @(
        @{ Text = "of curl's throughput"; AtLeast = 0.9; Value = { param($m) $m['curl'].Ms / $m['Save-BoxFileVersion'].Ms } }
    )
}
