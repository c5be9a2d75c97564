function Invoke-CleanTask {
    $folders = @(Get-RepositoryPath 'out')
    foreach ($name in 'src', 'tests', 'samples', 'benchmarks') {
        $folders += Get-ChildItem -Path (Get-RepositoryPath "$name/*/*") -Directory -ErrorAction Ignore |
            Where-Object { $_.Name -in 'bin', 'obj' } |
            Select-Object -ExpandProperty FullName
        $folders += Get-ChildItem -Path (Get-RepositoryPath "$name/*") -Directory -ErrorAction Ignore |
            Where-Object { $_.Name -in 'bin', 'obj' } |
            Select-Object -ExpandProperty FullName
    }

    foreach ($folder in $folders | Where-Object { Test-Path -LiteralPath $_ }) {
        Write-Host "Removing $folder"
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}
