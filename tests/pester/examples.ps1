# Runs the examples of the documentation. Help.Tests.ps1 and Readme.Tests.ps1 load this file after common.ps1.

function Get-CodeBlock {
    # Returns the PowerShell code blocks of a Markdown text with their headings. "(2)" is added for the second block below a heading, and so on.
    param([Parameter(Mandatory)] [string] $Text)

    $pattern = '(?ms)^#{1,6} (?<title>[^\n]+)$|^```powershell\n(?<code>.*?)\n```$'
    $title = ''
    foreach ($part in [regex]::Matches(($Text -replace '\r\n', "`n"), $pattern)) {
        if ($part.Groups['title'].Success) {
            $title = $part.Groups['title'].Value
            $number = 1
        }
        else {
            @{ Title = if ($number -eq 1) { $title } else { "$title ($number)" }; Code = $part.Groups['code'].Value }
            $number++
        }
    }
}

function Get-IndentedBlock {
    # Returns the code blocks of an about topic, with titles as in Get-CodeBlock. Headings are capitalised and indented by four spaces, code by eight.
    # -Bar returns the blocks that are marked by bars instead, except tables: code that does not run in the tests.
    param([Parameter(Mandatory)] [string] $Text, [switch] $Bar)

    $heading = '(?m)^ {4}(?<title>[A-Z0-9][^a-z\n]+)$'
    $block = if ($Bar) { '(?:^ {4}\|[^\n]*\n)+' } else { '(?:^ {8,}\S[^\n]*\n(?:[ ]*\n(?= {8,}\S))*)+' }
    $title = ''
    foreach ($part in [regex]::Matches(($Text -replace '\r\n', "`n"), "$heading|(?<code>$block)", 'Multiline')) {
        if ($part.Groups['title'].Success) {
            $title = $part.Groups['title'].Value
            $number = 1
        }
        elseif (-not $Bar -or $part.Value -notmatch '^[^\n]*\|\n') {
            $code = ($part.Groups['code'].Value.TrimEnd() -split "`n" -replace $(if ($Bar) { '^ {4}\| ?' } else { '^ {8}' })) -join "`n"
            @{ Title = if ($number -eq 1) { $title } else { "$title ($number)" }; Code = $code }
            $number++
        }
    }
}

function New-ExampleFolder {
    # Loads the files of the examples into the emulator, without any other files, and creates a folder with the local files that the examples use.
    Set-Emulator @{ autoFiles = $false }
    $null = Invoke-Emulator POST dataset @{ name = 'company' }
    $null = Invoke-Emulator POST dataset @{ name = 'company'; service = 'ik' }
    $null = Invoke-Emulator POST dataset @{ name = 'archive'; files = 60; attacked = 12 }
    $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    $texts = [ordered]@{
        'ids.csv' = 'FileId', '1463195106', '1474973792', '1463057219'
        'map.csv' = 'FileId,Path', '1463195106,Budget 2026.xlsx', '1474973792,Roadmap.xlsx'
        'assets.csv' = 'FileId,Path', '696dfe2bc617b16bd137d23e,Hero.jpg', '68bb140611142bf7457c1149,Favicon.png'
        'Budget 2026.xlsx' = 'The budget.'
        'Budget 2026 final.xlsx' = 'The budget as approved.'
        'Roadmap.xlsx' = 'The roadmap.'
        'Hero.jpg' = 'A picture.'
        'Favicon.png' = 'An icon.'
    }
    foreach ($name in $texts.Keys) {
        Set-Content -LiteralPath (Join-Path $folder $name) -Value $texts[$name]
    }
    $password = ConvertTo-SecureString 'proxypass' -AsPlainText -Force
    New-Object -TypeName pscredential -ArgumentList 'proxyuser', $password | Export-Clixml -LiteralPath (Join-Path $folder 'proxy.xml')
    $secret = ConvertTo-SecureString 'box-secret' -AsPlainText -Force
    New-Object -TypeName pscredential -ArgumentList 'box-client', $secret | Export-Clixml -LiteralPath (Join-Path $folder 'box.xml')
    Invoke-Emulator GET box-config | ConvertTo-Json -Depth 10 | Set-Content -LiteralPath (Join-Path $folder 'config.json')
    $folder.FullName
}

function Invoke-Example {
    # Runs code in its own session, in strict mode, with both accounts connected to the emulator. Returns Object (what the code returned), Output (the same as text),
    # Problem (the texts of errors and warnings), Folder (its location) and Account (the accounts connected afterwards).
    # -Constrained uses ConstrainedLanguage mode. Nothing prompts: Read-Host and Get-Secret return credentials that the emulator knows.
    param(
        [Parameter(Mandatory)] [string] $Code,
        [switch] $Constrained,
        [int] $TimeoutSec = 60
    )

    Reset-Emulator
    $emulator = Get-Emulator
    $variables = @{
        BOX_ACCESS_TOKEN = $null; BOX_BASE_URL = $emulator.Api
        IMAGEKIT_PRIVATE_KEY = $null; IMAGE_KIT_BASE_URL = $emulator.Api
        BOX_CLIENT_ID = 'box-client'
    }
    $before = @{}
    foreach ($name in $variables.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $variables[$name])
    }

    $shell = [powershell]::Create()
    try {
        $prepare = {
            param($Module, $Folder, $Api)
            function global:Get-Secret([string] $Name, [switch] $AsPlainText) {
                $secret = @{
                    BoxToken = 'box-token'; OtherBoxToken = 'box-token-2'; BoxClientSecret = 'box-secret'
                    ImageKitKey = 'private_test'; OtherImageKitKey = 'private_other'
                }[$Name]
                if ($AsPlainText) { $secret } else { ConvertTo-SecureString $secret -AsPlainText -Force }
            }
            function global:Read-Host([switch] $AsSecureString, [string] $Prompt) {
                ConvertTo-SecureString 'box-token' -AsPlainText -Force
            }
            $global:ProgressPreference = 'SilentlyContinue'
            $global:ConfirmPreference = 'None'
            $global:PSDefaultParameterValues = @{ 'Connect-*Account:BaseUri' = $Api }
            Import-Module -Name $Module
            Set-Location -LiteralPath $Folder
            Connect-BoxAccount -AccessToken box-token
            Connect-IKAccount -PrivateKey private_test
        }
        $folder = New-ExampleFolder
        $null = $shell.AddScript($prepare).AddArgument((Get-RepositoryPath 'out/FileVersions')).AddArgument($folder).AddArgument($emulator.Api)
        $null = $shell.Invoke()
        if ($shell.HadErrors) {
            throw "The session could not be prepared: $($shell.Streams.Error[0])"
        }

        if ($Constrained) {
            $shell.Runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
        }
        $shell.Commands.Clear()
        $shell.Streams.ClearStreams()
        # The emulator has its own addresses, enterprise and users.
        $Code = $Code.Replace('http://proxy.example.com:3128', $emulator.Proxy).Replace('482915', '900').Replace('28391047', '101').Replace('28391053', '202')
        $null = $shell.AddScript("Set-StrictMode -Version Latest`n$Code")
        $nothing = New-Object -TypeName 'Management.Automation.PSDataCollection[psobject]'
        $nothing.Complete()
        $objects = New-Object -TypeName 'Management.Automation.PSDataCollection[psobject]'
        $running = $shell.BeginInvoke($nothing, $objects)
        if (-not $running.AsyncWaitHandle.WaitOne($TimeoutSec * 1000)) {
            $shell.Stop()
            throw "The example did not end within $TimeoutSec s."
        }

        $problems = @()
        try {
            $null = $shell.EndInvoke($running)
        }
        catch {
            $problems += $_.Exception.InnerException.Message
        }
        $shell.Commands.Clear()
        $output = @($shell.AddCommand('Out-String').AddParameter('Stream').AddParameter('Width', 100).Invoke($objects))
        $problems += $shell.Streams.Error.ForEach({ $_.Exception.Message }) + $shell.Streams.Warning.ForEach({ $_.Message })

        $shell.Runspace.SessionStateProxy.LanguageMode = 'FullLanguage'
        $shell.Commands.Clear()
        $accounts = @($shell.AddScript('Get-BoxAccount -ErrorAction Ignore; Get-IKAccount -ErrorAction Ignore').Invoke())
        [pscustomobject]@{ Object = @($objects); Output = $output; Problem = $problems; Folder = $folder; Account = $accounts }
    }
    finally {
        $shell.Dispose()
        foreach ($name in $before.Keys) {
            [Environment]::SetEnvironmentVariable($name, $before[$name])
        }
    }
}
