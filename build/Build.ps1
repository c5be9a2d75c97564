# The assemblies in the package. Only Windows PowerShell 5.1 loads the dependencies; PowerShell 7 includes them.
$script:Assemblies = 'FileVersions.PS.dll', 'FileVersions.Client.dll'
$script:Dependencies = @(
    'Microsoft.Bcl.AsyncInterfaces.dll'
    'System.Buffers.dll'
    'System.Memory.dll'
    'System.Numerics.Vectors.dll'
    'System.Runtime.CompilerServices.Unsafe.dll'
    'System.Text.Encodings.Web.dll'
    'System.Text.Json.dll'
    'System.Threading.Tasks.Extensions.dll'
)

function Invoke-BuildTask {
    param([Parameter(Mandatory)] [string] $Configuration)

    Write-Step "Building the module ($Configuration)"
    $published = Get-RepositoryPath 'out/publish'
    Invoke-DotNet 'publish', 'src/FileVersions.PS', '-c', $Configuration, '-o', $published, '-v', 'quiet', '--nologo'

    $unlisted = Get-ChildItem -Path $published -Filter *.dll |
        Where-Object { $_.Name -notin ($script:Assemblies + $script:Dependencies) }
    if ($unlisted) {
        throw "$($unlisted.Name -join ', ') is not listed in build/Build.ps1. Add it to a list there, or run Clean if it is left from another build."
    }

    Publish-ModuleHelp
    $views = & (Get-RepositoryPath 'src/FileVersions.PS/FileVersions.Format.ps1')
    [IO.File]::WriteAllText((Get-RepositoryPath 'out/FileVersions.Format.ps1xml'), $views)
    Copy-ModuleFile -List (Get-ModuleFile)
    Write-Host "The module is in $(Get-RepositoryPath 'out/FileVersions')"
}

function Publish-ModuleHelp {
    # Converts docs/help to out/help/FileVersions.PS.dll-Help.xml if a page or the conversion script is newer.
    $target = Get-RepositoryPath 'out/help/FileVersions.PS.dll-Help.xml'
    $pages = @(Get-ChildItem -Path (Get-RepositoryPath 'docs/help') -Filter *-*.md -ErrorAction Ignore)
    if (-not $pages) {
        Write-Warning 'docs/help has no pages yet: the module is built without help.'
        return
    }

    $sources = $pages + (Get-Item -LiteralPath (Get-RepositoryPath 'build/scripts/Export-Help.ps1'))
    $newest = ($sources | Measure-Object -Property LastWriteTimeUtc -Maximum).Maximum
    if ((Test-Path -LiteralPath $target) -and (Get-Item -LiteralPath $target).LastWriteTimeUtc -gt $newest) {
        return
    }

    try {
        $platyPS = Get-BuildTool -Name Microsoft.PowerShell.PlatyPS
    }
    catch {
        Write-Warning "The module is built without help. $($_.Exception.Message)."
        return
    }

    Invoke-PowerShell -File build/scripts/Export-Help.ps1 -ArgumentList '-PlatyPS', $platyPS, '-Source', (Get-RepositoryPath 'docs/help'), '-Target', $target
    if ($LASTEXITCODE -ne 0) {
        throw 'The pages in docs/help could not be converted to help; see above.'
    }
}

function Get-ModuleFile {
    # Returns source and target (relative to out/FileVersions) of every file in the module. No other files are shipped.
    $files = @(
        @{ From = 'FileVersions.psd1'; To = 'FileVersions.psd1' }
        @{ From = 'out/FileVersions.Format.ps1xml'; To = 'FileVersions.Format.ps1xml' }
        @{ From = 'src/FileVersions.PS/FileVersions.Types.ps1xml'; To = 'FileVersions.Types.ps1xml' }
        @{ From = 'LICENSE'; To = 'LICENSE' }
        @{ From = 'THIRD-PARTY-NOTICES'; To = 'THIRD-PARTY-NOTICES' }
        @{ From = 'CHANGELOG.md'; To = 'CHANGELOG.md' }
        foreach ($name in $script:Assemblies) {
            @{ From = "out/publish/$name"; To = $name }
        }
        foreach ($name in $script:Dependencies) {
            @{ From = "out/publish/$name"; To = "dependencies/$name" }
        }
        foreach ($topic in Get-ChildItem -Path (Get-RepositoryPath 'docs/about') -Filter about_*.help.txt -ErrorAction Ignore) {
            @{ From = "docs/about/$($topic.Name)"; To = "en-US/$($topic.Name)" }
        }
        if (Test-Path -LiteralPath (Get-RepositoryPath 'out/help/FileVersions.PS.dll-Help.xml')) {
            @{ From = 'out/help/FileVersions.PS.dll-Help.xml'; To = 'en-US/FileVersions.PS.dll-Help.xml' }
        }
    )

    $missing = $files | Where-Object { -not (Test-Path -LiteralPath (Get-RepositoryPath $_.From)) }
    if ($missing) {
        throw "Files of the module are missing: $($missing.From -join ', ')"
    }

    $files
}

function Copy-ModuleFile {
    # Copies changed files to out/FileVersions and removes files that are not on the list.
    param([Parameter(Mandatory)] [hashtable[]] $List)

    $module = Get-RepositoryPath 'out/FileVersions'
    foreach ($file in $List) {
        $source = Get-Item -LiteralPath (Get-RepositoryPath $file.From)
        $target = Join-Path $module $file.To
        $there = Get-Item -LiteralPath $target -ErrorAction Ignore
        if (-not $there -or $there.Length -ne $source.Length -or $there.LastWriteTimeUtc -ne $source.LastWriteTimeUtc) {
            $null = New-Item -ItemType Directory -Path (Split-Path $target) -Force
            Copy-Item -LiteralPath $source.FullName -Destination $target -Force
        }
    }

    $wanted = $List | ForEach-Object { [IO.Path]::GetFullPath((Join-Path $module $_.To)) }
    Get-ChildItem -LiteralPath $module -Recurse -File |
        Where-Object { $_.FullName -notin $wanted } |
        Remove-Item -Force
}
