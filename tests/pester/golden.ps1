# The golden cases for retention rules and measuring in ../shared/fixtures/keep, where that folder is present.

function Get-GoldenCase {
    # The cases of one kind: cases, asOf or measure.
    param([Parameter(Mandatory)] [string] $Kind)

    $path = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../../shared/fixtures/keep/cases.json'))
    if (Test-Path -LiteralPath $path) {
        # Where possible, dates stay text: as DateTime they lose their offset.
        $isDateKept = (Get-Command -Name ConvertFrom-Json).Parameters.ContainsKey('DateKind')
        $options = if ($isDateKept) { @{ DateKind = 'String' } } else { @{} }
        (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path)) @options).$Kind | ForEach-Object { @{ Name = $_.name; Case = $_ } }
    }
}

function ConvertTo-Instant {
    # A date in UTC, so that dates with different offsets compare; $null for none.
    param([object] $Date)

    if ($null -eq $Date) { return $null }
    if ($Date -is [string]) { $Date = [DateTimeOffset]::Parse($Date, [cultureinfo]::InvariantCulture) }
    ([DateTimeOffset]$Date).UtcDateTime.ToString('o')
}
