using System;
using System.Collections.Generic;
using System.Net.Http.Headers;
using System.Text;

namespace FileVersions.Http;

/// <summary>Takes the secrets of one request out of what is told about it, should a service send them back.</summary>
internal sealed class Redaction
{
    private const string Mask = "********";

    // Shorter ones are no secrets, and their letters stand in every text.
    private const int ShortestSecret = 4;

    private readonly List<string> _secrets = [];
    private string? _packedPair;
    private List<string>? _forms;

    /// <summary>Hides a credential, in each of the forms in which it may come back.</summary>
    internal Redaction Hide(AuthenticationHeaderValue? authorization)
    {
        if (authorization?.Parameter is { } parameter)
        {
            _packedPair = authorization.Scheme == "Basic" ? parameter : _packedPair;
            Hide(parameter);
        }

        return this;
    }

    /// <summary>Hides a secret.</summary>
    internal Redaction Hide(string secret)
    {
        _secrets.Add(secret);
        _forms = null;
        return this;
    }

    /// <summary>The text without the secrets.</summary>
    internal string Apply(string text)
    {
        // Made only where there is something to tell, which is seldom: it costs more than many a request.
        foreach (string form in _forms ??= MakeForms())
        {
            text = text.Replace(form, Mask);
        }

        return text;
    }

    /// <summary>The exception as a cause to tell; null when it, or what caused it, tells a secret.</summary>
    internal Exception? Apply(Exception cause)
    {
        string text = cause.ToString();
        return Apply(text) == text ? cause : null;
    }

    private List<string> MakeForms()
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (string secret in _secrets)
        {
            AddForms(forms, secret);
        }

        if (_packedPair is not null)
        {
            try
            {
                AddForms(forms, Encoding.UTF8.GetString(Convert.FromBase64String(_packedPair)).TrimEnd(':'));
            }
            catch (FormatException)
            {
                // Then there is no other form of it.
            }
        }

        // The longest first: where one is a part of another, nothing of it stays.
        var ordered = new List<string>(forms);
        ordered.Sort(static (a, b) => b.Length.CompareTo(a.Length));
        return ordered;
    }

    private static void AddForms(HashSet<string> forms, string secret)
    {
        if (secret.Length >= ShortestSecret)
        {
            forms.Add(secret);
            forms.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret + ":")).TrimEnd('='));
            forms.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='));
            forms.Add(Uri.EscapeDataString(secret));
        }
    }
}
