BeforeDiscovery {
    # Without PlatyPS, the module is built without help and cannot be packaged.
    $hasHelp = Test-Path -Path "$PSScriptRoot/../../out/FileVersions/en-US/FileVersions.PS.dll-Help.xml"
    $ways = @(
        if (Get-Command -Name Compress-PSResource -ErrorAction Ignore) { @{ Way = 'Compress-PSResource' } }
        @{ Way = 'a zip file' }
    )
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The package, created by <Way>' -ForEach $ways -Skip:(-not $hasHelp) -Tag 'needs help, which is built with PlatyPS' {
    BeforeAll {
        $version = (Import-PowerShellDataFile -LiteralPath (Get-RepositoryPath 'FileVersions.psd1')).ModuleVersion
        $package = & {
            foreach ($part in 'Common', 'Build', 'Package') {
                . (Get-RepositoryPath "build/$part.ps1")
            }
            if ($Way -eq 'a zip file') {
                # Simulates that the command is not available.
                Mock -CommandName Get-Command -ParameterFilter { $Name -eq 'Compress-PSResource' }
            }
            New-ModulePackage -Destination (Join-Path $TestDrive "packages of $Way")
        }

        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $zip = [IO.Compression.ZipFile]::OpenRead($package)
        $names = $zip.Entries.FullName -notlike 'package/services/metadata/*'
        $reader = New-Object -TypeName IO.StreamReader -ArgumentList $zip.GetEntry('FileVersions.nuspec').Open()
        $nuspec = ([xml]$reader.ReadToEnd()).package.metadata
        $reader.Dispose()
        $zip.Dispose()
    }

    It 'is named after the version in the manifest' {
        Split-Path $package -Leaf | Should -Be "FileVersions.$version.nupkg"
        $nuspec.id | Should -Be FileVersions
        $nuspec.version | Should -Be $version
    }

    It 'contains exactly the files of the module' {
        $topics = Get-ChildItem -Path (Get-RepositoryPath 'docs/about') | ForEach-Object { "en-US/$($_.Name)" }
        $expected = @(
            '[Content_Types].xml', '_rels/.rels', 'FileVersions.nuspec'
            'FileVersions.psd1', 'FileVersions.PS.dll', 'FileVersions.Client.dll', 'FileVersions.Format.ps1xml', 'FileVersions.Types.ps1xml'
            'LICENSE', 'THIRD-PARTY-NOTICES', 'CHANGELOG.md', 'en-US/FileVersions.PS.dll-Help.xml'
            'dependencies/Microsoft.Bcl.AsyncInterfaces.dll', 'dependencies/System.Buffers.dll', 'dependencies/System.Memory.dll'
            'dependencies/System.Numerics.Vectors.dll', 'dependencies/System.Runtime.CompilerServices.Unsafe.dll'
            'dependencies/System.Text.Encodings.Web.dll', 'dependencies/System.Text.Json.dll', 'dependencies/System.Threading.Tasks.Extensions.dll'
        ) + $topics
        $names | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'has release notes from CHANGELOG.md' {
        $changes = [IO.File]::ReadAllText((Get-RepositoryPath 'CHANGELOG.md'))
        $nuspec.releaseNotes | Should -Match '\S{5}'
        ($changes -replace '\s+').Contains(($nuspec.releaseNotes -replace '\s+')) | Should -BeTrue
        $nuspec.releaseNotes | Should -Not -Match '(?m)^## '
    }

    It 'has tags for its cmdlets and editions' {
        $tags = $nuspec.tags -split ' '
        foreach ($cmdlet in (Get-Module -Name FileVersions).ExportedCmdlets.Keys) {
            $tags | Should -Contain "PSCmdlet_$cmdlet"
        }
        $tags | Should -Contain 'PSModule'
        $tags | Should -Contain 'PSEdition_Core'
        $tags | Should -Contain 'PSEdition_Desktop'
    }

    It 'can be installed into an empty folder and used in a clean process' {
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive "installed from $Way")
        $psHomeModules = Join-Path $PSHOME 'Modules'
        $hasGalleries = Test-Path -Path (Join-Path $psHomeModules 'Microsoft.PowerShell.PSResourceGet')
        if (-not $hasGalleries) {
            Write-Host 'Left out: PSResourceGet is not with this PowerShell, so the package is unpacked and not installed.' -ForegroundColor Yellow
        }
        if ($hasGalleries -and ($IsLinux -or $IsMacOS)) {
            # Installs the module as a user does. Repositories are registered in the profile, so this process gets its own profile.
            $profileFolder = New-Item -ItemType Directory -Path (Join-Path $TestDrive "profile of $Way")
            $output = Invoke-PowerShell @"
`$ErrorActionPreference = 'Stop'
Register-PSResourceRepository -Name Local -Uri '$(Split-Path $package)' -Trusted
Save-PSResource -Name FileVersions -Repository Local -Path '$folder' -TrustRepository
"@ -ModulePath $psHomeModules -Environment @{ HOME = "$profileFolder"; XDG_DATA_HOME = "$profileFolder" }
            $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        }
        else {
            [IO.Compression.ZipFile]::ExtractToDirectory($package, (Join-Path $folder "FileVersions/$version"))
        }

        Reset-Emulator
        $output = Invoke-PowerShell @"
`$ErrorActionPreference = 'Stop'
Connect-BoxAccount -AccessToken box-token -BaseUri '$((Get-Emulator).Api)'
Connect-IKAccount -PrivateKey private_test -BaseUri '$((Get-Emulator).Api)'
(Get-BoxFileVersion 12345).Count
(Get-IKFileVersion n007-any).Count
(Get-Module -Name FileVersions).ModuleBase
(Get-Module -Name FileVersions).Version.ToString()
(Get-Help -Name Get-BoxFileVersion).Synopsis
(Get-Help -Name about_FileVersions).Length -gt 1000
"@ -ModulePath $folder, $psHomeModules
        $output | Should -Be '25', '7', (Join-Path $folder "FileVersions/$version"), $version, 'Gets the versions of files in Box.', 'True'
    }
}
