BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $script = Get-RepositoryPath 'examples/New-VersionReport.ps1'
}

Describe 'examples/New-VersionReport.ps1' {
    BeforeAll {
        Reset-Emulator
        $null = Invoke-Emulator POST dataset @{ name = 'company' }
        $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
        $versions = @(Get-BoxFile 27182 -Recurse | Get-BoxFileVersion -IncludeCurrent)
        $path = Join-Path $TestDrive report.html

        $file = $versions | & $script $path -Title 'Meridian <Works>' -Top 10

        $html = [IO.File]::ReadAllText($path)
    }

    AfterAll {
        Disconnect-BoxAccount
        Reset-Emulator
    }

    It 'returns the file that it wrote' {
        $file.FullName | Should -Be $path
    }

    It 'creates well-formed HTML without scripts and without references to the network' {
        $html | Should -Match '^<!DOCTYPE html>'
        $html | Should -Not -Match '<script|<link|<img|https?://|url\(|@import|src='
        $body = $html.Substring($html.IndexOf('<body>')) -replace '</html>\s*$'
        { [xml] $body } | Should -Not -Throw
    }

    It 'contains colours for dark mode' {
        $html | Should -Match 'prefers-color-scheme: dark'
    }

    It 'renders in a browser, with different colours in dark mode' {
        $browser = Get-Command -Name chromium, chromium-browser, google-chrome -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        if (-not $browser) {
            Set-ItResult -Skipped -Because 'Chromium is not installed'
        }
        $hashes = foreach ($scheme in 0, 1) {
            # Chromium uses 0 for dark and 1 for light.
            $picture = Join-Path $TestDrive "report-$scheme.png"
            $profileFolder = Join-Path $TestDrive 'browser'
            $null = & $browser.Source --headless --no-sandbox --disable-gpu --hide-scrollbars '--window-size=1000,1400' "--user-data-dir=$profileFolder" "--blink-settings=preferredColorScheme=$scheme" "--screenshot=$picture" "file://$path" 2>&1
            # A screenshot of a blank page has only a few kilobytes.
            (Get-Item -LiteralPath $picture).Length | Should -BeGreaterThan 50KB
            (Get-FileHash -LiteralPath $picture).Hash
        }
        $hashes[0] | Should -Not -Be $hashes[1]
    }

    It 'shows the totals' {
        $total = $versions | Measure-FileVersion -Total
        $total.FileCount | Should -Be 345
        $html | Should -Match '<div class="label">Files</div><div class="value">345</div><div class="note">151 with past versions'
        $html | Should -Match '<div class="label">Past versions</div><div class="value">434\.4 MB</div><div class="note">1,931 versions'
    }

    It 'lists the files that use the most space, the largest first' {
        $rows = [regex]::Matches($html, '<tr><td>(?<path>[^<]*)</td><td class="number">(?<count>[\d,]+)</td><td class="number">(?<size>[^<]*)')
        $rows | Should -HaveCount 10
        $rows[0].Groups['path'].Value | Should -Be '/Meridian Works/Marketing/Campaigns/Product launch/Teaser.mp4'
        $rows[0].Groups['count'].Value | Should -Be '40'
        $rows[0].Groups['size'].Value | Should -Be '18.1 MB'
    }

    It 'draws a bar for each month; the sums match the size of all versions' {
        $months = @($versions.CreatedAt | ForEach-Object { $_.UtcDateTime.ToString('yyyy-MM') } | Sort-Object -Unique)
        $bars = [regex]::Matches($html, '<title>(?<month>\d{4}-\d\d): (?<new>[^<]*) new, (?<sum>[^<]*) in total</title>')
        @($bars | ForEach-Object { $_.Groups['month'].Value }) | Should -Be $months
        $sum = ($versions | Measure-Object Size -Sum).Sum / 1MB
        $bars[-1].Groups['sum'].Value | Should -Be "$($sum.ToString('N1', [cultureinfo]::InvariantCulture)) MB"
    }

    It 'shows the space that the policy would free' {
        $html | Should -Match '<code>-KeepLast 10 -KeepDaily 30 -KeepMonthly 12</code>'
        $html | Should -Match '<strong>30\.0 MB</strong> in 222 versions, 6\.9% of'
    }

    It 'omits the preview without a policy' {
        $null = $versions | Select-Object -First 50 | & $script $path -Policy @{}
        [IO.File]::ReadAllText($path) | Should -Not -Match 'What a policy would free'
    }

    It 'encodes names and titles' {
        $html | Should -Match '<h1>Meridian &lt;Works&gt;</h1>'
        $version = [pscustomobject]@{ FileId = '1'; VersionId = '2'; Name = '<b>&.txt'; Size = 10; CreatedAt = [DateTimeOffset]'2026-01-31T00:00Z' }
        $null = $version | & $script $path
        [IO.File]::ReadAllText($path) | Should -Match '<td>&lt;b&gt;&amp;\.txt</td>'
    }
}
