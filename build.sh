#!/usr/bin/env bash
# Runs build.ps1 with its arguments: ./build.sh Demo
# If pwsh is not on the PATH, PowerShell is restored as the dotnet tool in .config/dotnet-tools.json. If that fails too, Demo, Test and
# Lint do what is possible without PowerShell and say what they leave out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

if command -v pwsh >/dev/null; then
    exec pwsh -NoProfile -File ./build.ps1 "$@"
fi

if ! command -v dotnet >/dev/null; then
    echo 'build.sh: dotnet is not on the PATH. Install the .NET 10 SDK from https://dot.net' >&2
    exit 1
fi

# Without a network, the default of six attempts would only take longer to fail.
if reason=$(NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 dotnet tool restore 2>&1); then
    exec dotnet pwsh -NoProfile -File ./build.ps1 "$@"
fi

reason=$(grep -m 1 '[^[:space:]]' <<<"$reason" | cut -c 1-200 || true)
echo "No PowerShell: pwsh is not on the PATH, and the dotnet tool cannot be restored (${reason%.})."

task=${1:-Build}
if [ $# -gt 1 ]; then
    echo "build.sh: '$task' takes no options without PowerShell. Install it from https://aka.ms/powershell" >&2
    exit 1
fi

run_demo() {
    echo 'Instead of the module, a small C# program on the same client:'
    dotnet run --project samples/ListVersions -c Release
}

run_tests() {
    local results=out/test-results/unit.trx exit_code=0 counters='' total=0 executed=0 passed=0 failed=0
    rm -f "$results"
    dotnet test tests/unit -c Release --nologo --results-directory out/test-results --logger 'trx;LogFileName=unit.trx' || exit_code=$?
    if [ -f "$results" ]; then
        counters=$(grep -o '<Counters [^>]*' "$results")
        total=$(counter total) executed=$(counter executed) passed=$(counter passed) failed=$(counter failed)
    fi
    if [ "$exit_code" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
    fi
    if [ "$executed" -lt "$total" ]; then
        grep -A 4 'outcome="NotExecuted"' "$results" | sed -n 's/.*<Message>\(.*\)<\/Message>.*/Skipped: \1/p'
    fi
    echo "Left out: Pester tests of the built module, and the client's tests on .NET Framework (no PowerShell)"
    echo "$passed passed, $failed failed, $((total - executed)) skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

counter() {
    sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"
}

case "$task" in
    Demo | demo) run_demo ;;
    Test | test) run_tests ;;
    Lint | lint)
        echo 'Left out: PSScriptAnalyzer, help and links (no PowerShell)'
        dotnet format FileVersions.slnx --verify-no-changes
        ;;
    *)
        echo "build.sh: '$task' needs PowerShell. Install it from https://aka.ms/powershell" >&2
        exit 1
        ;;
esac
