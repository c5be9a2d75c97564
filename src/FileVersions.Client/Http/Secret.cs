using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;

namespace FileVersions.Http;

/// <summary>
/// A token, key or password, without surrounding white space, which pasted text and files often have. It is kept in encrypted memory where
/// the platform supports that, and is never shown.
/// </summary>
public sealed class Secret : IDisposable
{
    private readonly SecureString _value = new();

    /// <summary>Creates a secret from a copy of the value.</summary>
    /// <param name="value">The value.</param>
    public Secret(SecureString value)
    {
        int length = value.Length;
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

    /// <summary>Creates a secret from plain text.</summary>
    /// <param name="value">The value.</param>
    public Secret(string value) => Take(i => value[i], value.Length);

    /// <summary>The number of characters.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the secret can be sent in a header: visible ASCII characters only, and at least one.</summary>
    internal bool IsHeaderText { get; private set; }

    private bool HasControlCharacter { get; set; }

    /// <summary>Clears the secret from memory.</summary>
    public void Dispose() => _value.Dispose();

    /// <summary>Whether both secrets have the same text.</summary>
    /// <param name="other">The other secret.</param>
    public bool Matches(Secret other) => Fingerprint.Of(Reveal()) == Fingerprint.Of(other.Reveal());

    /// <summary>Returns asterisks, never the secret.</summary>
    public override string ToString() => "********";

    /// <summary>Validates the secret and returns it. Errors begin with its name.</summary>
    /// <exception cref="FileVersionException">The secret is empty or contains invalid characters.</exception>
    internal Secret Check(string name, bool isHeader = false)
    {
        string? problem = Length == 0 ? Texts.HttpSecretEmpty
            : isHeader && !IsHeaderText ? Texts.HttpSecretNotVisible
            : HasControlCharacter ? Texts.HttpSecretControlCharacter
            : null;
        return problem is null
            ? this
            : throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, problem.FormatWith(name));
    }

    /// <summary>
    /// Distinguishes secrets where a rare collision does no harm. Unlike <see cref="Fingerprint"/>, it does not load the system's cryptography,
    /// which takes a noticeable part of a short run.
    /// </summary>
    internal static string QuickHash(string secret) => StringComparer.Ordinal.GetHashCode(secret).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Returns the secret as text.</summary>
    /// <exception cref="FileVersionException">The secret was disposed.</exception>
    internal string Reveal()
    {
        IntPtr copy;
        try
        {
            copy = Marshal.SecureStringToGlobalAllocUnicode(_value);
        }
        catch (ObjectDisposedException)
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, Texts.HttpSecretDisposed);
        }

        try
        {
            return Marshal.PtrToStringUni(copy, Length);
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
            IsHeaderText &= HeaderText.IsVisible(c);
            HasControlCharacter |= char.IsControl(c);
            _value.AppendChar(c);
        }

        Length = end - start;
        _value.MakeReadOnly();
    }
}
