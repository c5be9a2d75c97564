@{
    Title    = '100 versions of an ImageKit file, cold'
    Rounds   = 11
    Measure  = 'WallMs'
    Sides    = [ordered]@{
        'FileVersions'     = New-Side FileVersions -Service ik -Cold
        '@imagekit/nodejs' = New-Side '@imagekit/nodejs' -Service ik -Cold
        'bare pwsh'        = @{ Command = $powerShell + '-Command', '1' }
    }
    Holds    = 'the start of PowerShell itself (the last row, which does nothing), beside which Node starts in a tenth of a second. In a session that is open there is no such start.'
    Goals    = @(
        @{ Text = 'times @imagekit/nodejs, from the start of a cold process to its end'; AtMost = 1; Value = { param($m) $m['FileVersions'].WallMs / $m['@imagekit/nodejs'].WallMs } }
    )
}
