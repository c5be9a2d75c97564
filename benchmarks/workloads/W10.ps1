$many = '-FileId', '556', '-Count', '1000', '-Size', '10000'
$save = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/save.ps1') + $many
@{
    Title = '1,000 versions of 10 kB saved'
    Sides = [ordered]@{
        'Save-BoxFileVersion' = @{ Command = $save; IsModule = $true }
        'curl in a loop'      = @{ Command = $save + '-Curl'; Rounds = 3; Missing = $noCurl }
    }
    Goals = @(
        @{ Text = 'times as fast as the curl loop'; AtLeast = 1; Value = { param($m) $m['curl in a loop'].Ms / $m['Save-BoxFileVersion'].Ms } }
    )
}
