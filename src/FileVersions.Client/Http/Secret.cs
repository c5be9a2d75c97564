using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;

namespace FileVersions.Http;

/// <summary>
/// A token, key or password, without the blanks and line breaks around it that come with pasting and with files. Its text is shown
/// to nobody: only <see cref="Reveal"/> gives it, at the moment of use.
/// </summary>
public sealed class Secret : IDisposable
{
    private readonly SecureString _value = new();

    /// <summary>Takes over a secret.</summary>
    /// <param name="value">The secret; copied.</param>
    public Secret(SecureString value)
    {
        int length = (value ?? throw new ArgumentNullException(nameof(value))).Length;
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(value);
        try
        {
            Take(i => (char)Marshal.ReadInt16(copy, i * sizeof(char)), length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }

    /// <summary>Takes over a secret that came as plain text.</summary>
    /// <param name="value">The secret.</param>
    public Secret(string value) => Take(i => value[i], (value ?? throw new ArgumentNullException(nameof(value))).Length);

    /// <summary>The number of characters.</summary>
    public int Length => _value.Length;

    /// <summary>True when it is not empty and may stand in a header: visible ASCII characters only.</summary>
    internal bool IsHeaderText { get; private set; }

    private bool HoldsControlCharacter { get; set; }

    /// <summary>Wipes the secret from memory.</summary>
    public void Dispose() => _value.Dispose();

    /// <summary>True when both hold the same text.</summary>
    /// <param name="other">The other secret.</param>
    public bool Matches(Secret other) => Fingerprint.Of(Reveal()) == Fingerprint.Of((other ?? throw new ArgumentNullException(nameof(other))).Reveal());

    /// <summary>Stars, never the secret.</summary>
    public override string ToString() => "********";

    /// <summary>Refuses a secret that cannot be one.</summary>
    /// <param name="name">What it is called in the message.</param>
    /// <param name="isHeader">Whether it is to stand in a header.</param>
    /// <returns>This secret.</returns>
    /// <exception cref="FileVersionException">It is empty or holds what it must not.</exception>
    internal Secret Check(string name, bool isHeader = false)
    {
        string? problem = Length == 0 ? Texts.SecretEmpty
            : isHeader && !IsHeaderText ? Texts.SecretNoHeader
            : HoldsControlCharacter ? Texts.SecretControlCharacter
            : null;
        return problem is null
            ? this
            : throw new FileVersionException(FileVersionErrorKind.InvalidRequest, string.Format(CultureInfo.CurrentCulture, problem, name));
    }

    /// <summary>
    /// Tells secrets apart where a rare mistake does no harm. <see cref="Fingerprint"/> makes none, and costs a short run the
    /// time to load the system's cryptography.
    /// </summary>
    internal static string QuickHash(string secret) => StringComparer.Ordinal.GetHashCode(secret).ToString("x8", CultureInfo.InvariantCulture);

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

    private void Take(Func<int, char> at, int length)
    {
        int start = 0;
        int end = length;
        while (start < end && char.IsWhiteSpace(at(start)))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(at(end - 1)))
        {
            end--;
        }

        IsHeaderText = start < end;
        for (int i = start; i < end; i++)
        {
            char c = at(i);
            IsHeaderText &= HeaderText.MayHold(c);
            HoldsControlCharacter |= char.IsControl(c);
            _value.AppendChar(c);
        }

        _value.MakeReadOnly();
    }
}
