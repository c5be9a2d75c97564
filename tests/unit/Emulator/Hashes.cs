using System;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace FileVersions.UnitTests.Emulator;

internal static class Hashes
{
    [SuppressMessage("Security", "CA5350", Justification = "Box tells the SHA-1 of its contents.")]
    internal static string Sha1(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));
}
