<#
.SYNOPSIS
Shows the module at work, against an emulator of both services. ./build.sh Demo builds both and runs this.

.PARAMETER Module
The folder of the built module.

.PARAMETER Emulator
The emulator's dll.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [Parameter(Mandatory)]
    [string] $Emulator
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Start-Emulator {
    # Starts both services on loopback and puts out the process and their address.
    param([Parameter(Mandatory)] [string] $Path)

    $start = New-Object -TypeName Diagnostics.ProcessStartInfo -ArgumentList 'dotnet'
    $start.Arguments = "`"$Path`" --parent-pid $PID"
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $ready = $process.StandardOutput.ReadLine()
    if (-not $ready) {
        throw 'The emulator did not start.'
    }

    [pscustomobject]@{ Process = $process; Api = (ConvertFrom-Json $ready).api }
}

function Show {
    # Prints a command as it is typed at the prompt, and below it what it really puts out.
    param([Parameter(Mandatory)] [scriptblock] $Command)

    Write-Host ''
    Write-Host "PS> $("$Command".Trim())" -ForegroundColor Cyan
    $ErrorActionPreference = 'Continue'

    # Made anew, so that an error shows the line as the prompt would, and not where it stands in this file.
    . ([scriptblock]::Create("$Command".Trim())) 2>&1 | Out-String -Stream -Width 110 | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ } | Out-Host
}

Import-Module -Name (Join-Path (Resolve-Path -LiteralPath $Module) FileVersions.psd1)
$services = Start-Emulator -Path $Emulator
$ids = Join-Path ([IO.Path]::GetTempPath()) "ids-$PID.csv"
try {
    # What a user has: an account at each service, and files. Here both services are the emulator.
    $box, $imageKit = 'box-token', 'private_test'
    $address = $services.Api
    Set-Content -LiteralPath $ids -Value 'FileId,Owner', '12345,Ada', '67890,Ben', '24680,Eri'

    Show { Connect-BoxAccount -AccessToken $box -BaseUri $address }
    Show { Connect-IKAccount -PrivateKey $imageKit -BaseUri $address }

    # Both cmdlets.
    Show { Get-BoxFileVersion 12345 -Limit 3 -IncludeCurrent }
    Show { Get-IKFileVersion 62c2bdd5872375c6b8f40fd4 -Limit 2 -Offset 1 }
    Show { Get-BoxFileVersion 12345 -Limit 1 | Format-List VersionId, VersionNumber, Name, Size, Sha1, CreatedAt, ModifiedBy }

    # A pipeline.
    Show { Import-Csv $ids | Get-BoxFileVersion | Group-Object -Property FileId -NoElement }
    Show { Get-BoxFileVersion 12345 | Where-Object Size -GT 3900 | Get-BoxFileVersion -Field size, extension | Select-Object VersionId, Size, extension }

    # Paging: Box gives at most 1,000 versions at a time, -Limit and -Offset cut exactly.
    $null = Invoke-RestMethod -Method Delete -Uri "$address/_emulator/stats"
    Show { Get-BoxFileVersion 903000001 -Limit 1500 -Offset 500 | Measure-Object -Property VersionNumber -Maximum -Minimum | Select-Object Count, Maximum, Minimum }
    Write-Host "# That took $((Invoke-RestMethod -Uri "$address/_emulator/stats").box.requests) requests."

    # An error: the other files go on.
    Show { 12345, 404000, 67890 | Get-BoxFileVersion -Limit 1 }
}
finally {
    Remove-Item -LiteralPath $ids -ErrorAction Ignore
    $services.Process.Kill()
}
