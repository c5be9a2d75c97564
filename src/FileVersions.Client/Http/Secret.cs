using System;
using System.Runtime.InteropServices;
using System.Security;

namespace FileVersions.Http;

/// <summary>A token, key or password. Its text is shown to nobody: only <see cref="Reveal"/> gives it, at the moment of use.</summary>
public sealed class Secret : IDisposable
{
    private readonly SecureString _value;

    /// <summary>Takes over a secret.</summary>
    /// <param name="value">The secret; copied.</param>
    public Secret(SecureString value)
    {
        _value = (value ?? throw new ArgumentNullException(nameof(value))).Copy();
        _value.MakeReadOnly();
    }

    /// <summary>Takes over a secret that came as plain text.</summary>
    /// <param name="value">The secret.</param>
    public Secret(string value)
    {
        _value = new SecureString();
        foreach (char c in value ?? throw new ArgumentNullException(nameof(value)))
        {
            _value.AppendChar(c);
        }

        _value.MakeReadOnly();
    }

    /// <summary>The number of characters.</summary>
    public int Length => _value.Length;

    /// <summary>Wipes the secret from memory.</summary>
    public void Dispose() => _value.Dispose();

    /// <summary>Stars, never the secret.</summary>
    public override string ToString() => "********";

    internal string Reveal()
    {
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(_value);
        try
        {
            return Marshal.PtrToStringUni(copy, _value.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }
}
