# Reads the golden cases for retention rules and measures from ../shared/fixtures/keep if that folder exists.

function Get-GoldenCase {
    # Returns the cases of one kind: cases, asOf or measure.
    param([Parameter(Mandatory)] [string] $Kind)

    $path = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../../shared/fixtures/keep/cases.json'))
    if (Test-Path -LiteralPath $path) {
        # Keeps dates as strings if possible, because DateTime loses the offset.
        $isDateKept = (Get-Command -Name ConvertFrom-Json).Parameters.ContainsKey('DateKind')
        $options = if ($isDateKept) { @{ DateKind = 'String' } } else { @{} }
        (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path)) @options).$Kind | ForEach-Object { @{ Name = $_.name; Case = $_ } }
    }
}

function ConvertTo-Instant {
    # Converts a date to UTC for comparison. Returns $null for $null.
    param([object] $Date)

    if ($null -eq $Date) { return $null }
    if ($Date -is [string]) { $Date = [DateTimeOffset]::Parse($Date, [cultureinfo]::InvariantCulture) }
    ([DateTimeOffset]$Date).UtcDateTime.ToString('o')
}
