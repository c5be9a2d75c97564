namespace FileVersions.Http.Pipeline;

/// <summary>Follows redirects. The request to the new address is created from scratch, so it carries no credential.</summary>
internal sealed class RedirectPolicy : PipelinePolicy
{
    private const int MaxRedirects = 5;

    internal override async Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            AttemptOutcome outcome = await next.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if ((int?)outcome.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return outcome;
            }

            using (outcome)
            {
                if (outcome.Response!.Headers.Location is not { } location)
                {
                    return Invalid(Texts.HttpRedirectWithoutAddress);
                }

                if (redirects == MaxRedirects)
                {
                    return Invalid(Texts.HttpTooManyRedirects);
                }

                var address = new Uri(message.HttpRequest.RequestUri!, location);
                if (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
                {
                    // .NET Framework cannot create a request to such an address.
                    return Invalid(Texts.HttpAddressUnsafe.FormatWith(address.GetLeftPart(UriPartial.Authority)));
                }

                message.CreateRequest(address);
            }
        }
    }

    private static AttemptOutcome Invalid(string reason) =>
        new() { ErrorKind = FileVersionErrorKind.InvalidResponse, Exception = new InvalidDataException(reason) };
}
