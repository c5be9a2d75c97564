# Creates two SSH hosts from network namespaces on this computer, to test PowerShell remoting.
# Each host has an sshd with the PowerShell subsystem, and its own emulator on its loopback interface.

function Get-SshHostObstacle {
    # Returns the reason why hosts cannot be created, or nothing.
    if (-not $IsLinux) {
        return 'network namespaces are Linux''s'
    }
    if ((id -u) -ne 0) {
        return 'only root makes network namespaces'
    }
    foreach ($tool in 'ip', 'ssh', 'ssh-keygen', '/usr/sbin/sshd') {
        if (-not (Get-Command -Name $tool -CommandType Application -ErrorAction Ignore)) {
            return "there is no $tool"
        }
    }
    ip netns add fvprobe 2> $null
    if ($LASTEXITCODE -ne 0) {
        return 'this machine lets no one make network namespaces'
    }
    ip netns delete fvprobe
}

function Start-SshHost {
    # Creates a host and returns its connection parameters.
    param([Parameter(Mandatory)] [int] $Number, [Parameter(Mandatory)] [string] $Folder)

    $name = "fv$PID-$Number"
    # Concurrent test runs need different addresses.
    $network = "10.$(212 + $Number).$($PID % 256)"
    $there = @{ Name = $name; Link = "fv$Number-$PID"; IPAddress = "$network.2"; Port = 2222; KeyFilePath = "$Folder/key"; Processes = @() }
    $inner = "fvi$Number-$PID"
    ip netns add $name
    ip link add $there.Link type veth peer name $inner
    ip link set $inner netns $name
    ip address add "$network.1/30" dev $there.Link
    ip link set $there.Link up
    ip -n $name address add "$($there.IPAddress)/30" dev $inner
    ip -n $name link set $inner up
    ip -n $name link set lo up

    if (-not (Test-Path -LiteralPath "$Folder/key")) {
        ssh-keygen -q -t ed25519 -N '' -f "$Folder/key"
        ssh-keygen -q -t ed25519 -N '' -f "$Folder/host"
    }
    Set-Content -LiteralPath "$Folder/sshd$Number" -Value @(
        "ListenAddress $($there.IPAddress)", "Port $($there.Port)", "HostKey $Folder/host", "AuthorizedKeysFile $Folder/key.pub"
        'PermitRootLogin prohibit-password', 'PasswordAuthentication no', 'StrictModes no', 'UsePAM no', "PidFile $Folder/sshd$Number.pid"
        "Subsystem powershell $(Get-PowerShellCommand) -sshs -NoLogo"
        'SetEnv BOX_ACCESS_TOKEN=box-token BOX_BASE_URL=http://127.0.0.1:18080'
    )
    $null = New-Item -ItemType Directory -Path /run/sshd -Force
    $there.Processes += Start-Process -FilePath ip -PassThru -ArgumentList "netns exec $name /usr/sbin/sshd -D -e -f $Folder/sshd$Number" -RedirectStandardError "$Folder/sshd$Number.log"

    $emulator = Get-ChildItem -Path (Get-RepositoryPath 'tests/emulator/bin/*/*/FileVersions.Emulator.dll') | Sort-Object -Property LastWriteTimeUtc | Select-Object -Last 1
    $there.Processes += Start-Process -FilePath ip -PassThru -ArgumentList "netns exec $name dotnet $($emulator.FullName) --port 18080 --download-port 0 --parent-pid $PID" -RedirectStandardOutput "$Folder/emulator$Number.log"
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not (Get-Content -LiteralPath "$Folder/emulator$Number.log" -ErrorAction Ignore) -and $clock.Elapsed.TotalSeconds -lt 30) {
        Start-Sleep -Milliseconds 50
    }

    [pscustomobject]$there
}

function Set-SshHostEmulator {
    # Changes settings of the emulator on a host: Set-SshHostEmulator $sshHost @{ latencyMs = 20 }
    param([Parameter(Mandatory)] [object] $SshHost, [Parameter(Mandatory)] [hashtable] $Setting)

    $body = ConvertTo-Json -InputObject $Setting -Compress
    $command = "Invoke-RestMethod -Method PATCH -Uri http://127.0.0.1:18080/_emulator/settings -ContentType application/json -Body '$body'"
    $program, $arguments = @(Get-PowerShellCommand) + '-NoProfile', '-Command', $command
    $null = ip netns exec $SshHost.Name $program @arguments
}

function Stop-SshHost {
    param([Parameter(ValueFromPipeline)] [object] $SshHost)

    process {
        ip netns pids $SshHost.Name | ForEach-Object { Stop-Process -Id $_ -Force -ErrorAction Ignore }
        ip link delete $SshHost.Link 2> $null
        ip netns delete $SshHost.Name
    }
}
