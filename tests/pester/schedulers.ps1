# Runs jobs under systemd and in containers on this computer. Invoke-NightlyExport.Tests.ps1 loads this file.

function Get-UserManagerObstacle {
    # Returns the reason why a user manager of systemd cannot be started, or nothing.
    if ($PSVersionTable.PSEdition -ne 'Core' -or -not $IsLinux) {
        return 'systemd needs Linux'
    }
    if ((id -u) -ne 0) {
        return 'only root can mount what a user manager needs'
    }
    if (-not (Test-Path -LiteralPath /lib/systemd/systemd)) {
        return 'systemd is not installed'
    }
    $output = unshare --mount mount -t cgroup2 cgroup2 /sys/fs/cgroup 2>&1
    if ($LASTEXITCODE -ne 0) {
        return "control groups cannot be mounted: $output"
    }
}

function Start-UserManager {
    # Starts a user manager and returns it for the other functions. It has its own /run, control group and process ids, so it does not need
    # a computer that was booted with systemd. The folder is the home of its user.
    param([Parameter(Mandatory)] [string] $Folder)

    $group = "/sys/fs/cgroup/fileversions-$PID"
    $script = Join-Path $Folder 'manager.sh'
    Set-Content -LiteralPath $script -Value @(
        'set -e'
        'mount -t tmpfs tmpfs /run'
        'mkdir -p /run/systemd/system /run/user'
        'mount -t cgroup2 cgroup2 /sys/fs/cgroup'
        "mkdir $group"
        "echo 1 > $group/cgroup.procs"
        'unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME'
        "HOME='$Folder' XDG_RUNTIME_DIR=/run/user /lib/systemd/systemd --user || true"
        'echo 1 > /sys/fs/cgroup/cgroup.procs'
        "find $group -depth -type d -exec rmdir {} ';'"
    )
    $unshare = Start-Process -FilePath unshare -PassThru -ArgumentList "--mount --pid --fork --mount-proc --kill-child sh `"$script`""
    $clock = [Diagnostics.Stopwatch]::StartNew()
    do {
        Start-Sleep -Milliseconds 50
        $manager = @{ Process = $unshare; Shell = Get-Process | Where-Object { $_.Parent.Id -eq $unshare.Id } }
        if ($manager.Shell) {
            $state = Invoke-UserManager $manager is-system-running 2>&1
        }
    } until ($state -eq 'running' -or $clock.Elapsed.TotalSeconds -gt 20)
    $state | Should -Be 'running' -Because 'the user manager has started'
    $manager
}

function Invoke-UserManager {
    # Runs systemctl --user: Invoke-UserManager $manager start name.service
    param([Parameter(Mandatory, Position = 0)] [hashtable] $Manager, [Parameter(ValueFromRemainingArguments)] [string[]] $Argument)

    nsenter --target $Manager.Shell.Id --mount --pid env XDG_RUNTIME_DIR=/run/user systemctl --user --no-pager @Argument
}

function Stop-UserManager {
    param([Parameter(Mandatory)] [hashtable] $Manager)

    Invoke-UserManager $Manager exit
    if (-not $Manager.Process.WaitForExit(20000)) {
        $Manager.Process.Kill()
    }
}

function Get-ContainerObstacle {
    # Returns the reason why containers cannot be run, or nothing.
    if (-not (Get-Command -Name podman -CommandType Application -ErrorAction Ignore)) {
        return 'podman is not installed'
    }
    if ((id -u) -ne 0) {
        return 'only root can use the files of this computer in a container'
    }
    $output = Invoke-Container -Command 'true' 2>&1
    if ($LASTEXITCODE -ne 0) {
        return "podman runs no containers: $output"
    }
}

function Invoke-Container {
    # Runs a command in a new container: Invoke-Container -Option '--env=NAME' -Command 'printenv', 'NAME'
    # The container sees the files of this computer, but its changes to them are lost when it ends, except in its volumes.
    param([string[]] $Option, [Parameter(Mandatory)] [string[]] $Command)

    # The limits are lower than podman's defaults, which not every root may set. Unlike crun, runc supports both versions of control groups.
    $global = @(if (Get-Command -Name runc -CommandType Application -ErrorAction Ignore) { '--runtime=runc' })
    podman @global run --rm --network=host --ulimit=nofile=4096:4096 --ulimit=nproc=4096:4096 @Option --rootfs /:O @Command
}
