using System.Globalization;

namespace FileVersions.Emulator;

/// <summary>The options of the command line.</summary>
internal sealed record CommandLine
{
    internal const string Usage = """
        Usage: FileVersions.Emulator [options]
          --port N            port of both services' APIs (default 0: any free port)
          --download-port N   port of the download host (default 0)
          --proxy-port N      port of the forward proxy (default 0)
          --certificate FILE  also serve HTTPS and HTTP/2, and write the certificate to this file
          --latency-ms N      milliseconds between a request and its reply (default 0)
          --box-versions N    past versions of a generated Box file (default 25)
          --ik-versions N     versions of a generated ImageKit file (default 10)
          --parent-pid N      stop when that process exits
          --verbose           write a line for each request to standard error
        """;

    internal int Port { get; private init; }

    internal int DownloadPort { get; private init; }

    internal int ProxyPort { get; private init; }

    internal string? Certificate { get; private init; }

    internal int? ParentPid { get; private init; }

    internal bool Verbose { get; private init; }

    internal EmulatorSettings Settings { get; private init; } = new();

    /// <summary>Parses the arguments. Throws <see cref="FormatException"/> for an unknown one.</summary>
    internal static CommandLine Parse(ReadOnlySpan<string> arguments)
    {
        var line = new CommandLine();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name == "--verbose")
            {
                line = line with { Verbose = true };
                continue;
            }

            if (++i == arguments.Length)
            {
                throw new FormatException($"{name} is unknown or needs a value.");
            }

            string value = arguments[i];
            line = name switch
            {
                "--port" => line with { Port = Number(value) },
                "--download-port" => line with { DownloadPort = Number(value) },
                "--proxy-port" => line with { ProxyPort = Number(value) },
                "--certificate" => line with { Certificate = value },
                "--parent-pid" => line with { ParentPid = Number(value) },
                "--latency-ms" => line with { Settings = line.Settings with { LatencyMs = double.Parse(value, CultureInfo.InvariantCulture) } },
                "--box-versions" => line with { Settings = line.Settings with { BoxVersions = Number(value) } },
                "--ik-versions" => line with { Settings = line.Settings with { IkVersions = Number(value) } },
                _ => throw new FormatException($"{name} is unknown."),
            };
        }

        return line;
    }

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
