# The PowerShell modules that building and testing need. A copy that PowerShell already finds is used when it has the same
# major and minor version and is not older; otherwise this version is fetched into out/tools.
@{
    'Pester'                       = '5.7.1'
    'PSScriptAnalyzer'             = '1.25.0'
    'Microsoft.PowerShell.PlatyPS' = '1.0.3'
}
