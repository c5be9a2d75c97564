@{
    ExcludeRules = @(
        # Build scripts and benchmarks talk to the person who runs them.
        'PSAvoidUsingWriteHost'

        # The helper functions of the build and of the tests are not commands for users: nobody asks them for -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'

        # The helper functions of tests, demonstration and benchmark read as sentences: Invoke-Emulator POST reset.
        'PSAvoidUsingPositionalParameters'

        # The secrets of tests and demonstration are none.
        'PSAvoidUsingConvertToSecureStringWithPlainText'

        # The checksum that Box tells is a SHA-1.
        'PSAvoidUsingBrokenHashAlgorithms'

        # It does not see what script blocks and inner functions use.
        'PSReviewUnusedParameter'

        # In a Pester file a variable is set in BeforeAll and used in It, which this rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
    )

    Rules        = @{
        PSUseCompatibleSyntax = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.4')
        }
    }
}
