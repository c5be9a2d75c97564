# Returns the content of FileVersions.Format.ps1xml: the tables that PowerShell shows by default, 100 columns wide.
# Other types need no view: PowerShell lists their properties, or shows up to four of them in a table.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# A column is the name of a property, its width and the kind of its cells. Columns without a width (*) share what is left.
$tables = @(
    @{
        Type = 'FileVersions.Box.BoxFileVersion'
        GroupBy = 'FileId'
        Columns = 'VersionId 14', 'VersionNumber 13 number', 'State 7 state', 'ModifiedAt 19 date', 'Size 8 size', 'Name', 'ModifiedBy * user'
    }
    @{
        Type = 'FileVersions.ImageKit.IKFileVersion'
        GroupBy = 'FileId'
        Columns = 'VersionId 24', 'VersionName 11', 'State 7 state', 'UpdatedAt 19 date', 'Size 8 size', 'Name'
    }
    @{
        Type = 'FileVersions.Box.BoxFile'
        Columns = 'FileId 16', 'VersionNumber 13 number', 'ModifiedAt 19 date', 'Size 8 size', 'FilePath'
    }
    @{
        Type = 'FileVersions.ImageKit.IKFile'
        Columns = 'FileId 24', 'VersionName 11', 'UpdatedAt 19 date', 'Size 8 size', 'FilePath'
    }
    @{
        Type = 'FileVersions.KeepDecision'
        GroupBy = 'FileId'
        Columns = 'VersionId 24', 'CreatedAt 19 date', 'Size 8 size', 'IsExpired 9', 'Reason'
    }
    @{
        Type = 'FileVersions.FileVersionMeasure'
        Columns = 'FileId 24', 'FileCount 9 number', 'PastCount 9 number', 'PastSize 8 size', 'DuplicateSize 13 size', 'TrashedSize 11 size', 'Name'
    }
)

# The scripts get the value of the property as $value and do not run if it is null. They run in ConstrainedLanguage mode too, and on
# computers without the module, so they call no methods.
$cellScripts = @{
    date = { '{0:g}' -f $value.LocalDateTime }
    size = {
        $unit = 0
        while ($value -ge 999.95 -and $unit -lt 6) {
            $value /= 1024
            $unit++
        }
        ('{0} B', '{0:N1} KB', '{0:N1} MB', '{0:N1} GB', '{0:N1} TB', '{0:N1} PB', '{0:N1} EB')[$unit] -f $value
    }
    state = {
        if ($value -eq 'current' -and (Test-Path -LiteralPath Variable:\PSStyle)) {
            $PSStyle.Formatting.FormatAccent + $value + $PSStyle.Reset
        }
        else {
            $value
        }
    }
    user = { $value.Name }
}
$rightAligned = 'number', 'size'

function Get-TableXml {
    param([hashtable] $Table)

    $headers, $cells = '', ''
    foreach ($column in $Table.Columns) {
        $property, $width, $kind, $null = ($column -split ' ') + $null, $null
        $headers += "<TableColumnHeader><Label>$property</Label>"
        if ($width -and $width -ne '*') {
            $headers += "<Width>$width</Width>"
        }
        if ($kind -in $rightAligned) {
            $headers += '<Alignment>Right</Alignment>'
        }
        $headers += '</TableColumnHeader>'

        $content = "<PropertyName>$property</PropertyName>"
        if ($kind -in $cellScripts.Keys) {
            $script = "foreach (`$value in `$_.$property) {$($cellScripts[$kind])}"
            $content = "<ScriptBlock>$([Security.SecurityElement]::Escape($script))</ScriptBlock>"
        }
        $cells += "<TableColumnItem>$content</TableColumnItem>"
    }

    $groupBy = if ($Table.ContainsKey('GroupBy')) { "<GroupBy><PropertyName>$($Table.GroupBy)</PropertyName></GroupBy>" }
    @"
<View>
<Name>$($Table.Type)</Name>
<ViewSelectedBy><TypeName>$($Table.Type)</TypeName></ViewSelectedBy>
$groupBy
<TableControl>
<TableHeaders>$headers</TableHeaders>
<TableRowEntries><TableRowEntry><TableColumnItems>$cells</TableColumnItems></TableRowEntry></TableRowEntries>
</TableControl>
</View>
"@
}

$views = foreach ($table in $tables) {
    Get-TableXml -Table $table
}
"<?xml version=`"1.0`" encoding=`"utf-8`"?>`n<Configuration><ViewDefinitions>`n$($views -join "`n")`n</ViewDefinitions></Configuration>`n"
