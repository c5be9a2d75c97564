@{
    RootModule             = 'FileVersions.PS.dll'
    ModuleVersion          = '0.2.0'
    GUID                   = '4825a7a4-a650-44c0-8d4f-fbf86a3955d6'
    Author                 = 'FileVersions contributors'
    CompanyName            = 'FileVersions contributors'
    Copyright              = '(c) FileVersions contributors. MIT licence.'
    Description            = 'The version history of files in Box and ImageKit: find files; list, measure, trim, recover, save, add, restore, remove and export versions.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')
    # FileVersions.Types.ps1xml names their types, and is read before the root module is loaded.
    RequiredAssemblies     = @('FileVersions.Client.dll', 'FileVersions.PS.dll')
    FormatsToProcess       = @('FileVersions.Format.ps1xml')
    TypesToProcess         = @('FileVersions.Types.ps1xml')
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Add-BoxFileVersion'
        'Add-IKFileVersion'
        'Connect-BoxAccount'
        'Connect-IKAccount'
        'Disconnect-BoxAccount'
        'Disconnect-IKAccount'
        'Export-BoxFileVersion'
        'Export-IKFileVersion'
        'Get-BoxAccount'
        'Get-BoxFile'
        'Get-BoxFileVersion'
        'Get-IKAccount'
        'Get-IKFile'
        'Get-IKFileVersion'
        'Measure-FileVersion'
        'Remove-BoxFileVersion'
        'Remove-IKFileVersion'
        'Restore-BoxFileVersion'
        'Restore-IKFileVersion'
        'Save-BoxFileVersion'
        'Save-IKFileVersion'
        'Select-ExpiredFileVersion'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('Box', 'ImageKit', 'Versions', 'FileVersion', 'History', 'Backup', 'DAM', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'The section of this version in CHANGELOG.md, which is part of the module, lists the changes.'
        }
    }
}
