namespace FileVersions.Services;

/// <summary>Options for listing the versions of a file.</summary>
public record VersionListOptions : VersionReadOptions
{
    /// <summary>The number of versions to skip. Zero or greater.</summary>
    public long Offset { get; init; }

    /// <summary>The maximum number of versions, zero or greater; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>
    /// The maximum number of versions in one response, 1 or greater; null for the largest page that the service allows. Services
    /// without paging, such as ImageKit, ignore it.
    /// </summary>
    public int? PageSize { get; init; }

    /// <summary>
    /// Whether to return the current version first, as the element 0 that <see cref="Offset"/> and <see cref="Limit"/> count. Services
    /// whose list contains the current version anyway, such as ImageKit, ignore it.
    /// </summary>
    public bool IncludeCurrent { get; init; }

    /// <exception cref="FileVersionException">A number is out of range (<see cref="FileVersionErrorKind.InvalidRequest"/>).</exception>
    internal void Validate(string fileId)
    {
        if (Offset < 0 || Limit < 0 || PageSize < 1)
        {
            throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest,
                Texts.ServicesListOptionsInvalid.FormatWith(fileId, Offset, Limit, PageSize))
            { FileId = fileId };
        }
    }
}
