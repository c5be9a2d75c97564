# Makes results.md, results.csv and results.svg of what was measured.

function Get-Median {
    param([double[]] $Number)

    $sorted = @($Number | Sort-Object)
    $middle = [int][Math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

function Write-Report {
    param($Description, $Result, $OutputPath)
}
