namespace FileVersions.Emulator;

/// <summary>Where the emulator listens.</summary>
internal sealed record Ports(int Api, int Download, int Proxy);
