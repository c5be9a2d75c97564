# The faults of a request, as rules for the emulator, and their outcomes. FaultRun.Tests.ps1 applies each fault to each cmdlet, and
# docs/reliability.md lists them for users.
#
# Name     the name in docs/reliability.md
# Rule     the fault rule for the emulator; see tests/emulator/README.md
# Box, IK  the error id; 'none' if the cmdlet succeeds; absent if the service has no such fault
# Address, Download, Remove, Change
#          the error id if it differs for requesting a download URL from Box, downloading, removing, or making a version current
# AtOnce   true if the request is not retried although the failure could be transient
# Heavy    true for faults that take long and need a longer timeout
@(
    # Transient: one attempt fails, the next one succeeds.
    @{ Name = '429 with Retry-After in seconds'; Rule = @{ times = 1; action = 'retryAfter'; retryAfter = '0.2' }; Box = 'none'; IK = 'none' }
    @{ Name = '429 with Retry-After as a date'; Rule = @{ times = 1; action = 'retryAfter'; retryAfter = 'Sun, 06 Nov 1994 08:49:37 GMT' }; Box = 'none'; IK = 'none' }
    @{ Name = '429 with X-RateLimit-Reset'; Rule = @{ times = 1; action = 'status'; status = 429; body = '{}'; headers = @{ 'X-RateLimit-Reset' = '200' } }; IK = 'none' }
    @{ Name = '429 without a delay'; Rule = @{ times = 1; action = 'emptyBody'; status = 429 }; Box = 'none'; IK = 'none' }
    @{ Name = '500 once'; Rule = @{ times = 1; action = 'status'; status = 500 }; Box = 'none'; IK = 'none' }
    @{ Name = '502 with a web page, once'; Rule = @{ times = 1; action = 'html'; status = 502 }; Box = 'none'; IK = 'none' }
    @{ Name = '503 with Retry-After, once'; Rule = @{ times = 1; action = 'status'; status = 503; headers = @{ 'Retry-After' = '0' } }; Box = 'none'; IK = 'none' }
    @{ Name = '504 with an empty body, once'; Rule = @{ times = 1; action = 'emptyBody'; status = 504 }; Box = 'none'; IK = 'none' }
    @{ Name = 'connection closed, once'; Rule = @{ times = 1; action = 'closeBeforeReply' }; Box = 'none'; IK = 'none' }
    @{ Name = 'connection reset, once'; Rule = @{ times = 1; action = 'closeBeforeReply'; reset = $true }; Box = 'none'; IK = 'none' }
    @{ Name = 'no response, once'; Rule = @{ times = 1; action = 'hang' }; Box = 'none'; IK = 'none'; Change = 'RequestTimedOut' }

    # Lasting: no attempt succeeds.
    @{ Name = '429 without end'; Rule = @{ action = 'retryAfter'; retryAfter = '0.1' }; Box = 'RateLimited'; IK = 'RateLimited' }
    @{ Name = '429 with a delay of a day'; Rule = @{ action = 'retryAfter'; retryAfter = '86400' }; Box = 'RateLimited'; IK = 'RateLimited'; AtOnce = $true }
    @{ Name = '429 with a negative delay'; Rule = @{ action = 'retryAfter'; retryAfter = '-5' }; Box = 'RateLimited'; IK = 'RateLimited' }
    @{ Name = '500'; Rule = @{ action = 'status'; status = 500; headers = @{ 'Retry-After' = '0' } }; Box = 'ServiceUnavailable'; IK = 'ServiceUnavailable' }
    @{ Name = '500 with a web page'; Rule = @{ action = 'html'; status = 500 }; Box = 'ServiceUnavailable'; IK = 'ServiceUnavailable' }
    @{ Name = '501'; Rule = @{ action = 'emptyBody'; status = 501 }; Box = 'ServiceUnavailable'; IK = 'ServiceUnavailable'; AtOnce = $true }
    @{ Name = '502'; Rule = @{ action = 'status'; status = 502 }; Box = 'ServiceUnavailable'; IK = 'ServiceUnavailable' }
    @{ Name = '503'; Rule = @{ action = 'status'; status = 503; headers = @{ 'Retry-After' = '0' } }; Box = 'ServiceUnavailable'; IK = 'ServiceUnavailable' }
    @{ Name = '504'; Rule = @{ action = 'emptyBody'; status = 504 }; Box = 'ServiceUnavailable'; IK = 'ServiceUnavailable' }
    @{ Name = 'no response'; Rule = @{ action = 'hang' }; Box = 'RequestTimedOut'; IK = 'RequestTimedOut' }
    @{ Name = 'a late response'; Rule = @{ action = 'delay'; delayMs = 60000 }; Box = 'RequestTimedOut'; IK = 'RequestTimedOut' }
    @{ Name = 'a response that stalls'; Rule = @{ action = 'stallBodyAfter'; bytes = 50 }; Box = 'RequestTimedOut'; IK = 'RequestTimedOut'; Address = 'none'; Download = 'none'; Remove = 'none' }
    @{ Name = 'connection closed'; Rule = @{ action = 'closeBeforeReply' }; Box = 'ConnectionFailed'; IK = 'ConnectionFailed' }
    @{ Name = 'connection reset'; Rule = @{ action = 'closeBeforeReply'; reset = $true }; Box = 'ConnectionFailed'; IK = 'ConnectionFailed' }
    @{ Name = 'a response cut in its headers'; Rule = @{ action = 'cutReplyAfter'; bytes = 20 }; Box = 'ConnectionFailed'; IK = 'ConnectionFailed' }
    @{ Name = 'a response cut in its body'; Rule = @{ action = 'cutBodyAfter'; bytes = 50 }; Box = 'ConnectionFailed'; IK = 'ConnectionFailed'; Address = 'none'; Download = 'none'; Remove = 'none' }

    # Refusals: a retry would not help.
    @{ Name = '400 with JSON'; Rule = @{ action = 'status'; status = 400 }; Box = 'InvalidRequest'; IK = 'InvalidRequest' }
    @{ Name = '400 with an empty body'; Rule = @{ action = 'emptyBody'; status = 400 }; Box = 'InvalidRequest'; IK = 'InvalidRequest' }
    @{ Name = '405'; Rule = @{ action = 'status'; status = 405 }; Box = 'InvalidRequest'; IK = 'InvalidRequest' }
    @{ Name = '409'; Rule = @{ action = 'emptyBody'; status = 409 }; Box = 'Conflict'; IK = 'Conflict' }
    @{ Name = '412'; Rule = @{ action = 'status'; status = 412 }; Box = 'Conflict'; IK = 'Conflict' }
    @{ Name = '403'; Rule = @{ action = 'status'; status = 403 }; Box = 'AccessDenied'; Download = 'AccessDenied' }
    @{ Name = '403 with a missing scope'; Rule = @{ action = 'emptyBody'; status = 403; headers = @{ 'WWW-Authenticate' = 'Bearer realm="Service", error="insufficient_scope"' } }; Box = 'AccessDenied'; Download = 'AccessDenied' }
    @{ Name = '404 with JSON'; Rule = @{ action = 'status'; status = 404 }; Box = 'FileVersionNotFound'; IK = 'FileVersionNotFound' }
    @{ Name = '404 with a web page'; Rule = @{ action = 'html'; status = 404 }; Box = 'FileVersionNotFound'; IK = 'FileVersionNotFound' }
    @{ Name = '404 with truncated JSON'; Rule = @{ action = 'status'; status = 404; body = '{"message":"Not Fo' }; Box = 'FileVersionNotFound'; IK = 'FileVersionNotFound' }

    # Responses that violate the service's contract.
    @{ Name = '302 to another host'; Rule = @{ action = 'redirectTo' }; Box = 'InvalidResponse'; IK = 'InvalidResponse'; Address = 'FileVersionNotFound'; Download = 'FileVersionNotFound' }
    @{ Name = '200 with a web page'; Rule = @{ action = 'html' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = '200 with an empty body'; Rule = @{ action = 'emptyBody' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = '200 with truncated JSON'; Rule = @{ action = 'status'; status = 200; body = '[{"id":"1",' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'JSON of another kind'; Rule = @{ action = 'status'; status = 200; body = '"hello"' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'JSON null'; Rule = @{ action = 'status'; status = 200; body = 'null' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'wrong types'; Rule = @{ action = 'status'; status = 200; body = '{"entries":[7],"id":{},"fileId":[],"size":"big"}' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'invalid UTF-8'; Rule = @{ action = 'status'; status = 200; bodyBase64 = 'eyJpZCI6Iv8iLCJmaWxlSWQiOiL/In0=' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'an unpaired surrogate'; Rule = @{ action = 'status'; status = 200; body = '{"id":"\ud800","fileId":"\ud800"}' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'JSON nested 10,000 deep'; Rule = @{ action = 'nestedJson'; depth = 10000 }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'an undefined status'; Rule = @{ action = 'emptyBody'; status = 610 }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'bytes that are not HTTP'; Rule = @{ action = 'garbage'; body = "220 mail.example.com ESMTP`r`n" }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'endless headers'; Rule = @{ action = 'endlessHeaders' }; Box = 'InvalidResponse'; IK = 'InvalidResponse' }
    @{ Name = 'an endless list'; Rule = @{ action = 'endlessBody' }; Box = 'InvalidResponse'; IK = 'InvalidResponse'; Heavy = $true }
    @{ Name = 'a gzip bomb'; Rule = @{ action = 'gzipBomb'; sizeMiB = 1024 }; Box = 'InvalidResponse'; IK = 'InvalidResponse'; Heavy = $true }
    @{ Name = 'a wrong content type'; Rule = @{ action = 'wrongContentType'; contentType = 'text/html' }; Box = 'none'; IK = 'none' }
)
