using System.Net.Http.Headers;
using System.Text;

namespace FileVersions.Http.Errors;

/// <summary>Removes the secrets of one request from text about it, in case the service sends them back.</summary>
internal sealed class Redaction
{
    private const string Mask = "********";

    // Shorter values are not secrets, and would match ordinary text.
    private const int MinSecretLength = 4;

    private readonly List<string> _secrets = [];
    private List<string>? _forms;

    /// <summary>Hides a credential in each form in which it may come back.</summary>
    internal void Hide(AuthenticationHeaderValue? credential)
    {
        if (credential?.Parameter is not { } parameter)
        {
            return;
        }

        Hide(parameter);
        if (credential.Scheme == "Basic" && TryDecode(parameter) is { } pair)
        {
            Hide(pair.TrimEnd(':'));
        }
    }

    /// <summary>Hides a secret.</summary>
    internal void Hide(string secret)
    {
        _secrets.Add(secret);
        _forms = null;
    }

    /// <summary>Returns the text without the secrets.</summary>
    internal string Apply(string text)
    {
        // The forms are computed only when there is text to redact, which is rare.
        foreach (string form in _forms ??= CreateForms())
        {
            text = text.Replace(form, Mask);
        }

        return text;
    }

    /// <summary>Returns the exception, or null if it or one of its causes contains a secret.</summary>
    internal Exception? Apply(Exception? cause)
    {
        string? text = cause?.ToString();
        return text is not null && Apply(text) == text ? cause : null;
    }

    private static string? TryDecode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private List<string> CreateForms()
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (string secret in _secrets)
        {
            if (secret.Length >= MinSecretLength)
            {
                forms.Add(secret);
                forms.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret + ":")).TrimEnd('='));
                forms.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='));
                forms.Add(Uri.EscapeDataString(secret));
            }
        }

        // The longest first: if one form contains another, nothing of it remains.
        return [.. forms.OrderByDescending(static form => form.Length)];
    }
}
