@{
    Title    = '100 versions of an ImageKit file, as a cold process'
    Rounds   = 11
    Measure  = 'WallMs'
    Sides    = [ordered]@{
        'FileVersions'     = New-Side FileVersions -Service ik -Cold
        '@imagekit/nodejs' = New-Side '@imagekit/nodejs' -Service ik -Cold
        'bare pwsh'        = @{ Command = $powerShell + '-Command', '1' }
        'bare Node'        = @{ Command = 'node', '-e', '1'; Missing = $noNode }
    }
    Note     = 'What a client adds to its host is the time of its process minus that of the bare host.'
    Limit    = 'PowerShell interprets the import and compiles the HTTP client and the module; Node loads the SDK as one script.'
    Goals    = @(
        @{
            Text   = 'times what @imagekit/nodejs adds to Node'
            AtMost = 1
            Value  = { param($m) ($m['FileVersions'].WallMs - $m['bare pwsh'].WallMs) / ($m['@imagekit/nodejs'].WallMs - $m['bare Node'].WallMs) }
        }
    )
}
