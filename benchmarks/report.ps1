# Makes results.md, results.csv and results.svg of what was measured.

function Get-Median {
    param([double[]] $Number)

    $sorted = @($Number | Sort-Object)
    $middle = [int][Math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

function Get-SideMedian {
    # The medians of a workload's sides by name.
    param([object[]] $Result)

    $medians = @{}
    foreach ($group in $Result | Group-Object -Property Side) {
        $median = @{ Rounds = $group.Count }
        foreach ($name in 'Ms', 'WallMs', 'CpuMs', 'PeakMB', 'Requests', 'PeakAtOnce', 'Connections') {
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
    # Each figure to reach, with what was reached.
    param([string] $Id, [hashtable] $Description, [hashtable] $Median)

    foreach ($goal in $Description['Goals']) {
        try {
            $value = & $goal.Value $Median
        }
        catch {
            # A side that the figure needs did not run.
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
    'The emulator, a process of its own, shared the cores with each side.'
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
        'Made by `./build.ps1 Bench`; the numbers of every round are in [results.csv](results.csv). Ratios of one run, and of this machine:'
        'the times would be others elsewhere, the ratios much the same.'
        ''
        Get-MachineText
        $load = @($Result.Load | Where-Object { $null -ne $_ })
        if ($load) {
            $text = 'Before each side began, the machine''s load average over one minute was {0} in the median, and at most {1}; the benchmark itself makes about 2.'
            $text -f (Format-Number (Get-Median $load) 'n1'), (Format-Number ($load | Measure-Object -Maximum).Maximum 'n1')
            if ((Get-Median $load) -gt 2 * [Environment]::ProcessorCount) {
                'So other work shared the cores: figures that compare with a waiting time (W1, W3) or with a bare start (W5, W6) come out worse than'
                'on a quiet machine, and single rounds differ much.'
            }
        }
        ''
        '![The sides of each workload](results.svg)'
        ''
        '## The figures to reach'
        ''
        '| workload | figure | to reach | reached | |'
        '| --- | --- | --- | --- | --- |'
        foreach ($goal in $goals) {
            "| $($goal.Workload) | $($goal.Text) | $($goal.Wanted) | $(Format-Number $goal.Value 'n2') | $($goal.Reached) |"
        }
        ''
        'How they were measured: in every round each side has its turn, in a fresh process; what counts is the median over the rounds. The'
        'time is the side''s own, from the call to its end, after one file was listed uncounted; "cold" and "process" mean the whole process,'
        'from its start to its end, with no file listed before. Processor time is that of the measured part. No side keeps what it lists.'
        'Where a side does the job several times in its process, its median counts. "At once" and "connections" are what the emulator saw;'
        'the benchmark''s own question after the counts is one of the connections, and those it still held open are among them.'
        foreach ($id in $Description.Keys) {
            $workload = $Description[$id]
            $measure = if ($workload['Measure']) { $workload.Measure } else { 'Ms' }
            $own = $medians[$id][@($workload.Sides.Keys)[0]]
            ''
            "## $id`: $($workload.Title)"
            ''
            '| side | time, ms | times the first | process, ms | processor time, ms | peak memory, MB | at once | connections | rounds |'
            '| --- | --- | --- | --- | --- | --- | --- | --- | --- |'
            foreach ($name in $workload.Sides.Keys) {
                $side = $medians[$id][$name]
                if (-not $side) {
                    "| $name | missing: $($workload.Sides[$name]['Missing']) | | | | | | | |"
                    continue
                }

                $ratio = if ($own) { $side[$measure] / $own[$measure] }
                "| $name | $(Format-Number $side.Ms 'n1') | $(Format-Number $ratio 'n2') | $(Format-Number $side.WallMs) | $(Format-Number $side.CpuMs) | " +
                "$(Format-Number $side.PeakMB) | $(Format-Number $side.PeakAtOnce) | $(Format-Number $side.Connections) | $($side.Rounds) |"
            }

            $missed = @($goals | Where-Object { $_.Workload -eq $id -and $_.Reached -eq '**no**' })
            if ($workload['Note']) {
                ''
                $workload.Note
            }

            if ($missed -and $workload['Holds']) {
                ''
                "What holds it: $($workload.Holds)"
            }
        }
    )
    Set-Content -LiteralPath "$OutputPath/results.md" -Value $text
    Set-Content -LiteralPath "$OutputPath/results.svg" -Value (Get-Chart -Description $Description -Median $medians)
}

function Get-Chart {
    # Bars for every workload that has sides to compare, each as long as its side took, on a scale of the workload's own.
    param([Collections.Specialized.OrderedDictionary] $Description, [hashtable] $Median)

    $escape = { param($s) [Security.SecurityElement]::Escape($s) }
    $width, $left, $bar = 860, 250, 430
    $y = 34
    $body = foreach ($id in $Description.Keys) {
        $workload = $Description[$id]
        $measure = if ($workload['Measure']) { $workload.Measure } else { 'Ms' }
        $sides = @($workload.Sides.Keys | Where-Object { $Median[$id][$_] })
        if (-not $sides) {
            continue
        }

        # Where one side takes very much longer than the others, its bar is cut off, and marked.
        $times = @($sides | ForEach-Object { $Median[$id][$_][$measure] })
        $longest = [Math]::Min(($times | Measure-Object -Maximum).Maximum, 6 * (Get-Median $times))
        "<text class='title' x='20' y='$y'>$id`: $(& $escape $workload.Title)</text>"
        $y += 12
        foreach ($name in $sides) {
            $time = $Median[$id][$name][$measure]
            $length = Format-Number ([Math]::Max(2, $bar * [Math]::Min($time, $longest) / $longest)) '0.#'
            $class = if ($name -eq $sides[0]) { 'own' } else { 'other' }
            $factor = "$(Format-Number ($time / $times[0]) '0.00')x$(if ($time -gt $longest) { ', cut off' })"
            "<text class='name' x='$($left - 10)' y='$($y + 13)'>$(& $escape $name)</text>"
            "<rect class='$class' x='$left' y='$($y + 2)' width='$length' height='14' rx='2'/>"
            "<text class='value' x='$($left + [double]$length + 8)' y='$($y + 13)'>$(Format-Number $time) ms  $factor</text>"
            $y += 19
        }
        $y += 28
    }

    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 $width $y' width='$width' height='$y' role='img' aria-label='Time of each side by workload; shorter is better'>"
    '<style>text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600;font-size:13px}.name{text-anchor:end}.value{fill:#555}' +
    '.own{fill:#2f6fde}.other{fill:#b9c3d0}.back{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#ddd}.value{fill:#aaa}.back{fill:#16181d}.other{fill:#5a6472}}</style>'
    "<rect class='back' width='100%' height='100%'/>"
    $body
    '</svg>'
}
