$end = $powerShell + '-File' + (Join-Path $PSScriptRoot '../sides/early-end.ps1') + '-Way'
@{
    Title    = 'a pipeline that ends early with 16 requests in flight'
    Settings = @{ boxVersions = 3 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Ctrl+C'               = @{ Command = $end + 'stop'; IsModule = $true }
        'a disposed pipeline'  = @{ Command = $end + 'dispose'; IsModule = $true }
        'a throw downstream'   = @{ Command = $end + 'throw'; IsModule = $true }
        'Select-Object -First' = @{ Command = $end + 'first'; IsModule = $true }
    }
    Note     = 'Half of the requests wait for a reply, and half have received a part of it. The time ends when the emulator reports that no request is in flight; it includes that query.'
    Goals    = @(
        @{ Text = 'ms until no request is in flight, the slowest of the four'; AtMost = 100; Value = { param($m) ($m.Values.Ms | Measure-Object -Maximum).Maximum } }
    )
}
