# The PowerShell modules that building and testing need. An installed copy is used if it has the same major and minor version and
# is not older. Otherwise this version is fetched into out/tools, from the PowerShell Gallery or, for Pester, from NuGet.
@{
    'Pester'                       = '5.7.1'
    'PSScriptAnalyzer'             = '1.25.0'
    'Microsoft.PowerShell.PlatyPS' = '1.0.3'
}
