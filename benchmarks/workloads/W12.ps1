# Box allows 1,000 requests a minute, ImageKit about 40 a second. The limits are scaled so that a run takes seconds.
$many = @{ FileCount = 4000; ThrottleLimit = 16 }
@{
    Title    = '4,000 files from services that allow 200 requests a second'
    Settings = @{
        boxVersions  = 3
        boxRateLimit = @{ perWindow = 400; windowMs = 2000; fractional = $true }
        ikRateLimit  = @{ perWindow = 200; windowMs = 1000 }
    }
    Rounds   = 3
    Sides    = [ordered]@{
        'Box, 400 in any 2 s'          = New-Side FileVersions @many
        'ImageKit, 200 in each second' = New-Side FileVersions @many -Service ik
    }
    Note     = 'The service answers requests above the limit with 429 and a waiting time. Box''s emulator sends fractions of a second here: whole seconds, which Box sends, would be half of the scaled window.'
    Goals    = @(
        @{ Text = 'of the rate that Box allows (20 s)'; AtLeast = 0.95; Value = { param($m) 20000 / $m['Box, 400 in any 2 s'].Ms } }
        @{ Text = 'of the rate that ImageKit allows (20 s)'; AtLeast = 0.95; Value = { param($m) 20000 / $m['ImageKit, 200 in each second'].Ms } }
        @{ Text = 'of the requests refused, the worse of the two'; AtMost = 0.02; Value = { param($m) 1 - (4001 / ($m.Values.Requests | Measure-Object -Maximum).Maximum) } }
    )
}
