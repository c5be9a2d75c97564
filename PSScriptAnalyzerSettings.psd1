@{
    ExcludeRules = @(
        # Build scripts and benchmarks talk to the person who runs them.
        'PSAvoidUsingWriteHost'

        # The helper functions of the build and of the tests are not commands for users.
        'PSUseShouldProcessForStateChangingFunctions'

        # The helper functions of tests, demonstration and benchmark read as sentences: Invoke-Emulator POST reset.
        'PSAvoidUsingPositionalParameters'

        # Tests and the demonstration use invented secrets.
        'PSAvoidUsingConvertToSecureStringWithPlainText'

        # Box's checksum is a SHA-1.
        'PSAvoidUsingBrokenHashAlgorithms'

        # It does not see what script blocks and inner functions use.
        'PSReviewUnusedParameter'

        # It does not know the parameters and automatic variables of a script block that runs elsewhere.
        'PSUseUsingScopeModifierInNewRunspaces'

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
