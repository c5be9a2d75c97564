# Runs the examples of the documentation as a reader would type them: Help.Tests.ps1 and Readme.Tests.ps1 use it, after common.ps1.

function Get-CodeBlock {
    # The PowerShell code blocks of a Markdown text, each with the heading above it.
    param([Parameter(Mandatory)] [string] $Text)

    $pattern = '(?ms)^#{1,6} (?<title>[^\n]+)$|^```powershell\n(?<code>.*?)\n```$'
    $title = ''
    foreach ($part in [regex]::Matches(($Text -replace '\r\n', "`n"), $pattern)) {
        if ($part.Groups['title'].Success) {
            $title = $part.Groups['title'].Value
        }
        else {
            @{ Title = $title; Code = $part.Groups['code'].Value }
        }
    }
}

function Get-IndentedBlock {
    # The code blocks of an about topic. Prose is indented by four spaces, code by eight.
    param([Parameter(Mandatory)] [string] $Text)

    foreach ($block in [regex]::Matches(($Text -replace '\r\n', "`n"), '(?m)(?:^ {8,}\S[^\n]*\n(?:[ ]*\n(?= {8,}\S))*)+')) {
        $code = ($block.Value.TrimEnd() -split "`n" -replace '^ {8}') -join "`n"
        @{ Title = ($code -split "`n")[0]; Code = $code }
    }
}

function New-ExampleFolder {
    # Loads the files of the examples into the emulator, and creates a folder with the local files that they name.
    $null = Invoke-Emulator POST dataset @{ name = 'company' }
    $null = Invoke-Emulator POST dataset @{ name = 'company'; service = 'ik' }
    $null = Invoke-Emulator POST dataset @{ name = 'archive'; files = 60; attacked = 12 }
    $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    Set-Content -LiteralPath (Join-Path $folder 'ids.csv') -Value 'FileId', '12345', '67890', '67891'
    Set-Content -LiteralPath (Join-Path $folder 'report.docx') -Value 'Third quarter'
    Set-Content -LiteralPath (Join-Path $folder 'photo.jpg') -Value 'A picture.'
    Set-Content -LiteralPath (Join-Path $folder 'map.csv') -Value 'FileId,Path', '12345,report.docx', '67890,photo.jpg'
    Set-Content -LiteralPath (Join-Path $folder 'assets.csv') -Value 'FileId,Path', '65f1c7e2b4a9d80012ab34cd,photo.jpg'
    $null = Invoke-Emulator POST files @{ service = 'ik'; id = '65f1c7e2b4a9d80012ab34cd'; name = 'photo.jpg'; folder = '/products/'; size = 500 }
    $password = ConvertTo-SecureString 'proxypass' -AsPlainText -Force
    New-Object -TypeName pscredential -ArgumentList 'proxyuser', $password | Export-Clixml -LiteralPath (Join-Path $folder 'proxy.xml')
    $secret = ConvertTo-SecureString 'box-secret' -AsPlainText -Force
    New-Object -TypeName pscredential -ArgumentList 'box-client', $secret | Export-Clixml -LiteralPath (Join-Path $folder 'box.xml')
    Invoke-Emulator GET box-config | ConvertTo-Json -Depth 10 | Set-Content -LiteralPath (Join-Path $folder 'config.json')
    $folder.FullName
}

function Invoke-Example {
    # Runs code in its own session, in strict mode, with both accounts connected to the emulator. Returns Output (text), Problem (the
    # texts of errors and warnings) and Folder (its location). -Constrained uses ConstrainedLanguage mode. Nothing prompts: Read-Host and Get-Secret return credentials that the emulator knows.
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
        $Code = $Code.Replace('http://proxy.example.com:3128', $emulator.Proxy)
        $null = $shell.AddScript("Set-StrictMode -Version Latest`n$Code").AddCommand('Out-String').AddParameter('Stream').AddParameter('Width', 100)
        $running = $shell.BeginInvoke()
        if (-not $running.AsyncWaitHandle.WaitOne($TimeoutSec * 1000)) {
            $shell.Stop()
            throw "The example did not end within $TimeoutSec s."
        }

        $output = @(); $problems = @()
        try {
            $output = @($shell.EndInvoke($running))
        }
        catch {
            $problems += $_.Exception.InnerException.Message
        }
        $problems += $shell.Streams.Error.ForEach({ $_.Exception.Message }) + $shell.Streams.Warning.ForEach({ $_.Message })
        [pscustomobject]@{ Output = $output; Problem = $problems; Folder = $folder }
    }
    finally {
        $shell.Dispose()
        foreach ($name in $before.Keys) {
            [Environment]::SetEnvironmentVariable($name, $before[$name])
        }
    }
}
