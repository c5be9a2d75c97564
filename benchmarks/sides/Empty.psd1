# A module of nothing, to see what Import-Module itself takes.
@{
    ModuleVersion = '0.0.1'
    GUID          = 'b5f1c1fc-6f0e-4e7e-9e41-6a1a2f1f3b0d'
}
