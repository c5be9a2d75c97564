# Adds local files as new versions of files in Box, even if the content is the same, with Add-BoxFileVersion or, with -Curl, a curl loop.
param([int] $FileCount = 1, [long] $Size, [int] $RunCount = 1, [int] $ThrottleLimit = 8, [switch] $Curl)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "fileversions-bench-$PID")).FullName
$random = [Random]::new(1)
$paths = @{}
foreach ($id in Get-FileId -Service box -Count $FileCount) {
    $paths[$id] = Join-Path $folder $id
    $stream = [IO.File]::Create($paths[$id])
    try {
        $buffer = [byte[]]::new([Math]::Min($Size, 1MB))
        for ($rest = $Size; $rest -gt 0; $rest -= $buffer.Length) {
            $random.NextBytes($buffer)
            $stream.Write($buffer, 0, [Math]::Min($rest, $buffer.Length))
        }
    }
    finally {
        $stream.Dispose()
    }
}

$script = if ($Curl) {
    {
        param($Id)
        $loop = 'folder=$1; shift; for id; do curl --silent --show-error --fail --output /dev/null --header "Authorization: Bearer $BOX_ACCESS_TOKEN" ' +
        '--form "attributes={\"name\":\"$id.bin\"};type=application/json" --form "file=@$folder/$id" "$BOX_BASE_URL/api/2.0/files/$id/content" || exit 1; done'
        $ids = @($Id)
        sh -c $loop sh $folder @ids
        if ($LASTEXITCODE -ne 0) {
            throw 'curl failed.'
        }
    }
}
else {
    {
        param($Id)
        $Id | ForEach-Object { [pscustomobject] @{ FileId = $_; Path = $paths[$_] } } | Add-BoxFileVersion -Force -ThrottleLimit $ThrottleLimit
    }
}

try {
    Measure-Side -Id @($paths.Keys) -RunCount $RunCount -Script $script
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}
