# Downloads versions of one file in Box: with Save-BoxFileVersion or, with -Curl, with a curl loop.
param([string] $FileId, [int] $Count, [long] $Size, [int] $RunCount = 1, [int] $ThrottleLimit = 8, [switch] $Curl)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$seed = @{ service = 'box'; id = $FileId; count = $Count; size = $Size; name = 'content.bin' }
$null = Invoke-RestMethod -Method Post -Uri "$env:BOX_BASE_URL/_emulator/files" -Body (ConvertTo-Json $seed) -ContentType application/json -NoProxy
$versions = @{}
Get-BoxFileVersion $FileId | ForEach-Object { $versions[$_.VersionId] = $_ }

# Removes the files of each run, so that every run starts with the same free memory and an empty cache.
$clear = { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore }
$folder = Join-Path ([IO.Path]::GetTempPath()) "fileversions-bench-$PID"
$script = if ($Curl) {
    {
        param($Id)
        $run = (New-Item -ItemType Directory -Path $folder).FullName
        $loop = 'run=$1; file=$2; shift 2; for id; do curl --silent --show-error --fail --location ' +
        '--header "Authorization: Bearer $BOX_ACCESS_TOKEN" --output "$run/$id" "$BOX_BASE_URL/2.0/files/$file/content?version=$id" || exit 1; done'
        $ids = @($Id)
        sh -c $loop sh $run $FileId @ids
        if ($LASTEXITCODE -ne 0) {
            throw 'curl failed.'
        }
    }
}
else {
    {
        param($Id)
        $versions[@($Id)] | Save-BoxFileVersion -Destination $folder -ThrottleLimit $ThrottleLimit
    }
}

try {
    Measure-Side -Id @($versions.Keys) -RunCount $RunCount -Script $script -Clear $clear
}
finally {
    & $clear
}
