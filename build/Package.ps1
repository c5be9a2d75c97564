function Invoke-PackageTask {
    param([Parameter(Mandatory)] [string] $Configuration)

    Invoke-BuildTask -Configuration $Configuration
    Write-Step 'Packing the module'
    $package = New-ModulePackage -Destination (Get-RepositoryPath 'out/packages')
    Write-Host "The package is $package"
}

function New-ModulePackage {
    # Writes FileVersions.<version>.nupkg for the PowerShell Gallery and returns its path.
    param([Parameter(Mandatory)] [string] $Destination)

    if (-not (Test-Path -LiteralPath (Get-RepositoryPath 'out/FileVersions/en-US/FileVersions.PS.dll-Help.xml'))) {
        throw 'the module was built without help, which the package must contain; see above.'
    }

    $package = Join-Path $Destination "FileVersions.$((Get-ManifestData).ModuleVersion).nupkg"
    $null = New-Item -ItemType Directory -Path $Destination -Force
    Remove-Item -LiteralPath $package -ErrorAction Ignore
    if (Get-Command -Name Compress-PSResource -ErrorAction Ignore) {
        Compress-Module -Destination $Destination
    }
    else {
        Compress-ModuleFile -Package $package
    }

    $package
}

function Compress-Module {
    # Creates the package with Compress-PSResource, which takes tags and release notes from the manifest.
    param([Parameter(Mandatory)] [string] $Destination)

    $folder = Get-RepositoryPath 'out/package/FileVersions'
    Remove-Item -LiteralPath $folder -Recurse -ErrorAction Ignore
    $null = New-Item -ItemType Directory -Path (Split-Path $folder) -Force
    Copy-Item -LiteralPath (Get-RepositoryPath 'out/FileVersions') -Destination $folder -Recurse

    $manifest = Get-ManifestData
    $tags = @(Get-PackageTag -Manifest $manifest | ForEach-Object { "'$_'" }) -join ', '
    $notes = (Get-ReleaseNote -Version $manifest.ModuleVersion).Replace("'", "''")
    $text = [IO.File]::ReadAllText("$folder/FileVersions.psd1")
    $text = [regex]::Replace($text, '(?<= Tags +=) @\([^)]*\)', { " @($tags)" })
    $text = $text.Replace("'$($manifest.PrivateData.PSData.ReleaseNotes)'", "'$notes'")
    [IO.File]::WriteAllText("$folder/FileVersions.psd1", $text)
    Compress-PSResource -Path $folder -DestinationPath $Destination
}

function Compress-ModuleFile {
    # Creates the package if Compress-PSResource is not available. It is a zip file with the module, a nuspec, and the two files that the
    # Open Packaging Conventions require.
    param([Parameter(Mandatory)] [string] $Package)

    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    $files = Get-ModuleFile
    $zip = [IO.Compression.ZipFile]::Open($Package, 'Create')
    try {
        Add-PackageText -Zip $zip -Name '[Content_Types].xml' -Text (Get-ContentTypeXml -Name $files.To)
        Add-PackageText -Zip $zip -Name '_rels/.rels' -Text (Get-RelationshipXml)
        Add-PackageText -Zip $zip -Name 'FileVersions.nuspec' -Text (Get-NuspecXml -Manifest (Get-ManifestData))
        foreach ($file in $files) {
            $source = Get-RepositoryPath "out/FileVersions/$($file.To)"
            $null = [IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $source, $file.To)
        }
    }
    finally {
        $zip.Dispose()
    }
}

function Add-PackageText {
    param([IO.Compression.ZipArchive] $Zip, [string] $Name, [string] $Text)

    $writer = New-Object -TypeName IO.StreamWriter -ArgumentList $Zip.CreateEntry($Name).Open()
    try {
        $writer.Write($Text)
    }
    finally {
        $writer.Dispose()
    }
}

function Get-ReleaseNote {
    # Returns the section of CHANGELOG.md for a version.
    param([Parameter(Mandatory)] [string] $Version)

    $changes = [IO.File]::ReadAllText((Get-RepositoryPath 'CHANGELOG.md'))
    $section = [regex]::Match($changes, "(?ms)^## \[$([regex]::Escape($Version))\][^\n]*\n(.*?)(?=^## |^\[[^\]]+\]: |\z)")
    if (-not $section.Success) {
        throw "CHANGELOG.md has no section for $Version."
    }

    $section.Groups[1].Value.Trim()
}

function Get-PackageTag {
    # Returns the tags of the manifest and those that the Gallery uses to find commands.
    param([Parameter(Mandatory)] [hashtable] $Manifest)

    $Manifest.PrivateData.PSData.Tags
    'PSIncludes_Cmdlet'
    $Manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" }
}

function ConvertTo-XmlText {
    param([string] $Text)

    [Security.SecurityElement]::Escape($Text)
}

function Get-NuspecXml {
    param([Parameter(Mandatory)] [hashtable] $Manifest)

    $tags = @('PSModule') + @(Get-PackageTag -Manifest $Manifest)
    $data = $Manifest.PrivateData.PSData
    $projectUrl = if ($data.ContainsKey('ProjectUri')) { "<projectUrl>$(ConvertTo-XmlText $data.ProjectUri)</projectUrl>" }

    @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>FileVersions</id>
    <version>$($Manifest.ModuleVersion)</version>
    <authors>$(ConvertTo-XmlText $Manifest.Author)</authors>
    <owners>$(ConvertTo-XmlText $Manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <licenseUrl>$(ConvertTo-XmlText $data.LicenseUri)</licenseUrl>
    $projectUrl
    <description>$(ConvertTo-XmlText $Manifest.Description)</description>
    <releaseNotes>$(ConvertTo-XmlText (Get-ReleaseNote -Version $Manifest.ModuleVersion))</releaseNotes>
    <copyright>$(ConvertTo-XmlText $Manifest.Copyright)</copyright>
    <tags>$(ConvertTo-XmlText ($tags -join ' '))</tags>
  </metadata>
</package>
"@
}

function Get-ContentTypeXml {
    param([Parameter(Mandatory)] [string[]] $Name)

    $extensions = @('nuspec') + @($Name | ForEach-Object { [IO.Path]::GetExtension($_).TrimStart('.') } | Where-Object { $_ } | Sort-Object -Unique)
    $defaults = $extensions | ForEach-Object { "<Default Extension=`"$_`" ContentType=`"application/octet-stream`" />" }
    $overrides = $Name | Where-Object { -not [IO.Path]::GetExtension($_) } |
        ForEach-Object { "<Override PartName=`"/$_`" ContentType=`"text/plain`" />" }

    @"
<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
$(($defaults + $overrides) -join "`n")
</Types>
"@
}

function Get-RelationshipXml {
    @'
<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/FileVersions.nuspec" Id="R1" />
</Relationships>
'@
}
