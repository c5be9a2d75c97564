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

    /// <summary>Hides a credential, in each of the forms in which it may come back.</summary>
    internal Redaction Hide(AuthenticationHeaderValue? authorization)
    {
        if (authorization?.Parameter is not { } parameter)
        {
            return this;
        }

        Hide(parameter);
        if (authorization.Scheme == "Basic")
        {
            try
            {
                Hide(Encoding.UTF8.GetString(Convert.FromBase64String(parameter)).TrimEnd(':'));
            }
            catch (FormatException)
            {
                // Then there is no other form of it.
            }
        }

        return this;
    }

    /// <summary>Hides a secret.</summary>
    internal Redaction Hide(string secret)
    {
        if (secret.Length >= ShortestSecret)
        {
            Add(secret);
            Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret + ":")).TrimEnd('='));
            Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='));
            Add(Uri.EscapeDataString(secret));

            // The longest first: where one is a part of another, nothing of it stays.
            _secrets.Sort(static (a, b) => b.Length.CompareTo(a.Length));
        }

        return this;
    }

    /// <summary>The text without the secrets.</summary>
    internal string Apply(string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, Mask);
        }

        return text;
    }

    /// <summary>The exception as a cause to tell; null when it, or what caused it, tells a secret.</summary>
    internal Exception? Apply(Exception cause)
    {
        string text = cause.ToString();
        return Apply(text) == text ? cause : null;
    }

    private void Add(string form)
    {
        if (!_secrets.Contains(form))
        {
            _secrets.Add(form);
        }
    }
}
