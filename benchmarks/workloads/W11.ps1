$end = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/early-end.ps1') + '-Way'
@{
    Title  = '16 requests under way, and an early end: until the last of them has ended'
    Settings = @{ boxVersions = 3 }
    Rounds = 3
    Sides  = [ordered]@{
        'Ctrl+C'               = @{ Command = $end + 'stop' }
        'a disposed pipeline'  = @{ Command = $end + 'dispose' }
        'a throw downstream'   = @{ Command = $end + 'throw' }
        'Select-Object -First' = @{ Command = $end + 'first' }
    }
    Note   = 'Half of the requests wait for their reply, half are in the middle of its body. The time is from the early end until the emulator was seen to have no request in flight, the question itself included.'
    Goals  = @(
        @{ Text = 'ms until no request is in flight, the slowest of the four ways'; AtMost = 100; Value = { param($m) ($m.Values.Ms | Measure-Object -Maximum).Maximum } }
    )
}
