namespace FileVersions.Emulator;

/// <summary>The ports on which the emulator listens.</summary>
internal sealed record Ports(int Api, int Download, int Proxy);
