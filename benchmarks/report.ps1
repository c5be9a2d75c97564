# Writes results.md, results.csv, results.svg and overview.svg.

function Get-Median {
    param([double[]] $Number)

    $sorted = @($Number | Sort-Object)
    $middle = [int][Math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

function Get-SideMedian {
    # Returns the medians of each side by name.
    param([object[]] $Result)

    $medians = @{}
    foreach ($group in $Result | Group-Object -Property Side) {
        $median = @{ Rounds = $group.Count }
        foreach ($name in 'Ms', 'WallMs', 'CpuMs', 'PeakMB', 'Requests', 'PeakInFlight', 'Connections') {
            $numbers = @($group.Group.$name | Where-Object { $null -ne $_ })
            $median[$name] = if ($numbers) { Get-Median $numbers }
        }
        $medians[$group.Name] = $median
    }
    $medians
}

function Format-Number {
    param([object] $Number, [string] $Format = 'n0')

    if ($null -eq $Number) { '' } else { ([double]$Number).ToString($Format, [cultureinfo]::InvariantCulture) }
}

function Get-GoalRow {
    # Returns each goal with the measured value.
    param([string] $Id, [hashtable] $Description, [hashtable] $Median)

    foreach ($goal in $Description['Goals']) {
        try {
            $value = & $goal.Value $Median
        }
        catch {
            # A side that the goal needs did not run.
            $value = $null
        }

        $isUpper = $goal.ContainsKey('AtMost')
        $limit = if ($isUpper) { $goal.AtMost } else { $goal.AtLeast }
        $isReached = if ($isUpper) { $value -le $limit } else { $value -ge $limit }
        [pscustomobject]@{
            Workload = $Id
            Text     = $goal.Text
            Wanted   = '{0} {1}' -f $(if ($isUpper) { 'at most' } else { 'at least' }), ([double]$limit).ToString([cultureinfo]::InvariantCulture)
            Value    = $value
            Reached  = if ($null -eq $value) { 'not measured' } elseif ($isReached) { 'yes' } else { '**no**' }
        }
    }
}

function Get-MachineText {
    $cpu = $null
    if ($IsLinux) {
        $cpu = (Select-String -LiteralPath /proc/cpuinfo -Pattern '^model name\s*:\s*(.+)$' | Select-Object -First 1).Matches.ForEach({ $_.Groups[1].Value })
    }

    $memory = [GC]::GetGCMemoryInfo().TotalAvailableMemoryBytes / 1GB
    $system = if ($IsLinux) { "Linux $(uname -r)" } else { [Runtime.InteropServices.RuntimeInformation]::OSDescription }
    $node = if (Get-Command -Name node -CommandType Application -ErrorAction Ignore) { "Node $(node --version)" } else { 'no Node' }
    $packages = (Get-Content -Raw -LiteralPath "$PSScriptRoot/package.json" | ConvertFrom-Json).dependencies.PSObject.Properties.ForEach({ "$($_.Name) $($_.Value)" })
    "$([Environment]::ProcessorCount) cores$(if ($cpu) { " ($cpu)" }), $(Format-Number $memory) GB of memory, $system; " +
    "PowerShell $($PSVersionTable.PSVersion), $([Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), $node, $($packages -join ', '). " +
    'The emulator ran in a process of its own on the same cores.'
}

function Write-Report {
    param(
        [Parameter(Mandatory)] [Collections.Specialized.OrderedDictionary] $Description,
        [Parameter(Mandatory)] [object[]] $Result,
        [string] $OutputPath
    )

    $medians = @{}
    $goals = foreach ($id in $Description.Keys) {
        $medians[$id] = Get-SideMedian ($Result | Where-Object Workload -EQ $id)
        Get-GoalRow -Id $id -Description $Description[$id] -Median $medians[$id]
    }
    $goals | Format-Table -Property Workload, Wanted, @{ Name = 'Value'; Expression = { Format-Number $_.Value 'n2' }; Alignment = 'right' }, Reached, Text | Out-Host
    if (-not $OutputPath) {
        return
    }

    $Result | Export-Csv -LiteralPath "$OutputPath/results.csv" -UseQuotes AsNeeded
    $text = @(
        '# Results'
        ''
        '`./build.ps1 Bench` writes this page; [results.csv](results.csv) has the numbers of every round. Compare the ratios: the times'
        'depend on the machine.'
        ''
        Get-MachineText
        $load = @($Result.Load | Where-Object { $null -ne $_ })
        if ($load) {
            $text = 'The load average over one minute, taken before each side, had a median of {0} and a maximum of {1}. The benchmark itself causes a load of about 2.'
            $text -f (Format-Number (Get-Median $load) 'n1'), (Format-Number ($load | Measure-Object -Maximum).Maximum 'n1')
            if ((Get-Median $load) -gt 2 * [Environment]::ProcessorCount) {
                'Other processes used the cores at the same time. Figures that compare with a latency (W1, W3) or with a bare start (W5, W6) are'
                'therefore worse than on a quiet machine, and the rounds vary.'
            }
        }
        ''
        '![The sides of each workload](results.svg)'
        ''
        '## Goals'
        ''
        '| workload | figure | goal | measured | reached |'
        '| --- | --- | --- | --- | --- |'
        foreach ($goal in $goals) {
            "| $($goal.Workload) | $($goal.Text) | $($goal.Wanted) | $(Format-Number $goal.Value 'n2') | $($goal.Reached) |"
        }
        ''
        'In every round each side runs once, in a new process; the figures are medians over the rounds. "Time" is measured by the side itself,'
        'from the call to its end, after a warm-up with one file. "Process" is the time of the whole process; so are the sides that are called'
        'cold, which have no warm-up. Processor time covers the measured part. A side that repeats the job in its process reports the median.'
        '"In flight" and "connections" were counted by the emulator; they include the query for these numbers.'
        foreach ($id in $Description.Keys) {
            $workload = $Description[$id]
            $measure = if ($workload['Measure']) { $workload.Measure } else { 'Ms' }
            $own = $medians[$id][@($workload.Sides.Keys)[0]]
            ''
            "## $id`: $($workload.Title)"
            ''
            '| side | time, ms | ratio to the first | process, ms | processor time, ms | peak memory, MB | in flight | connections | rounds |'
            '| --- | --- | --- | --- | --- | --- | --- | --- | --- |'
            foreach ($name in $workload.Sides.Keys) {
                $side = $medians[$id][$name]
                if (-not $side) {
                    "| $name | missing: $($workload.Sides[$name]['Missing']) | | | | | | | |"
                    continue
                }

                $ratio = if ($own) { $side[$measure] / $own[$measure] }
                "| $name | $(Format-Number $side.Ms 'n1') | $(Format-Number $ratio 'n2') | $(Format-Number $side.WallMs) | $(Format-Number $side.CpuMs) | " +
                "$(Format-Number $side.PeakMB) | $(Format-Number $side.PeakInFlight) | $(Format-Number $side.Connections) | $($side.Rounds) |"
            }

            $missed = @($goals | Where-Object { $_.Workload -eq $id -and $_.Reached -eq '**no**' })
            if ($workload['Note']) {
                ''
                $workload.Note
            }

            if ($missed -and $workload['Limit']) {
                ''
                "Limit: $($workload.Limit)"
            }
        }
    )
    Set-Content -LiteralPath "$OutputPath/results.md" -Value $text
    Set-Content -LiteralPath "$OutputPath/results.svg" -Value (Get-Chart -Description $Description -Median $medians)
    Set-Content -LiteralPath "$OutputPath/overview.svg" -Value (Get-Chart -Description $Description -Median $medians -Overview)
}

function Format-Time {
    param([double] $Milliseconds)

    if ($Milliseconds -lt 1000) { "$(Format-Number $Milliseconds) ms" } else { "$(Format-Number ($Milliseconds / 1000) 'n1') s" }
}

function Get-Chart {
    # Draws a group of bars for each workload. The scale differs between groups: the longest bar of each has the same length.
    param(
        [Collections.Specialized.OrderedDictionary] $Description,
        [hashtable] $Median,
        # Only the workloads of the overview, without the sides that are no alternative for a user.
        [switch] $Overview
    )

    $escape = { param($s) [Security.SecurityElement]::Escape($s) }
    $width, $left, $bar = 860, 270, 430
    $y = 34
    $body = foreach ($id in $Description.Keys) {
        $workload = $Description[$id]
        $measure = if ($workload['Measure']) { $workload.Measure } else { 'Ms' }
        $sides = @($workload.Sides.Keys | Where-Object { $Median[$id][$_] -and -not ($Overview -and $_ -like 'bare*') })
        if (-not $sides -or ($Overview -and -not $workload['Overview'])) {
            continue
        }

        # A bar that is very much longer than the others is cut off and marked.
        $times = @($sides | ForEach-Object { $Median[$id][$_][$measure] })
        $longest = [Math]::Min(($times | Measure-Object -Maximum).Maximum, 6 * (Get-Median $times))
        $title = if ($Overview) { $workload.Overview } else { "${id}: $($workload.Title)" }
        "<text class='title' x='20' y='$y'>$(& $escape $title)</text>"
        $y += 12
        foreach ($name in $sides) {
            $time = $Median[$id][$name][$measure]
            $length = Format-Number ([Math]::Max(2, $bar * [Math]::Min($time, $longest) / $longest)) '0.#'
            $class = if ($workload.Sides[$name]['IsModule']) { 'own' } else { 'other' }
            $label = "$(Format-Time $time)$(if ($time -gt $longest) { ' (bar cut off)' })"
            "<text class='name' x='$($left - 10)' y='$($y + 13)'>$(& $escape $name)</text>"
            "<rect class='$class' x='$left' y='$($y + 2)' width='$length' height='14' rx='2'/>"
            "<text class='value' x='$($left + [double]$length + 8)' y='$($y + 13)'>$label</text>"
            $y += 19
        }
        $y += 28
    }

    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 $width $y' width='$width' height='$y' role='img' aria-label='Time of each client; shorter is better'>"
    '<style>text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600;font-size:13px}.name{text-anchor:end}.value{fill:#555}' +
    '.own{fill:#2f6fde}.other{fill:#b9c3d0}.back{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#ddd}.value{fill:#aaa}.back{fill:#16181d}.other{fill:#5a6472}}</style>'
    "<rect class='back' width='100%' height='100%'/>"
    $body
    "<text class='value' x='20' y='$($y - 8)'>Time; shorter is better. Blue: this module.</text>"
    '</svg>'
}
