$many = '-FileId', '556', '-Count', '1000', '-Size', '10000'
$save = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/save.ps1') + $many
@{
    Title = '1,000 versions of 10 kB downloaded'
    Sides = [ordered]@{
        'Save-BoxFileVersion' = @{ Command = $save }
        'curl in a loop'      = @{ Command = $save + '-Curl'; Rounds = 3; Missing = if (-not (Get-Command -Name curl, sh -CommandType Application -ErrorAction Ignore)) { 'curl is not on this machine' } }
    }
    Goals = @(
        @{ Text = 'times as fast as the curl loop'; AtLeast = 1; Value = { param($m) $m['curl in a loop'].Ms / $m['Save-BoxFileVersion'].Ms } }
    )
}
