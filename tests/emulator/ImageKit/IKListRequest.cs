using System.Globalization;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>The query parameters of <c>GET /v1/files</c>. Two requests for pages of the same listing are equal.</summary>
internal sealed class IKListRequest : IEquatable<IKListRequest>
{
    internal const int MaxLimit = 1000;

    private static readonly string[] s_types = ["file", "file-version", "folder", "all"];
    private static readonly string[] s_fileTypes = ["all", "image", "non-image"];
    private static readonly HashSet<string> s_sorts = Sorts();

    private readonly string? _search;
    private readonly string? _path;
    private readonly string? _name;
    private readonly string _type;
    private readonly string _fileType;
    private readonly IKQuery? _query;

    private IKListRequest(Call call)
    {
        _search = Value(call, "searchQuery");
        _path = Value(call, "path") is { } path ? IKQuery.Folder(path) : null;
        _name = _search is null ? Value(call, "name") : null;
        _type = OneOf("type", Value(call, "type") ?? "file", s_types);
        _fileType = OneOf("fileType", Value(call, "fileType") ?? "all", s_fileTypes);
        Sort = Value(call, "sort") ?? "ASC_CREATED";
        if (!s_sorts.Contains(Sort))
        {
            throw new FormatException("Your request contains invalid value for sort parameter.");
        }

        Limit = Number(call, "limit", MaxLimit);
        Skip = Number(call, "skip", 0);
        if (Limit > MaxLimit)
        {
            throw new FormatException($"Maximum value of limit parameter is {MaxLimit}. Value sent is {Limit}.");
        }

        if (Limit < 1)
        {
            throw new FormatException($"Minimum value of limit parameter is 1. Value sent is {Limit}.");
        }

        if (Skip < 0)
        {
            throw new FormatException($"The value of skip parameter should be greater than or equal to 0. Value sent is {Skip}.");
        }

        _query = _search is null ? null : IKQuery.Parse(_search, call.Now.UtcDateTime);
    }

    internal int Limit { get; }

    internal int Skip { get; }

    /// <summary>Such as <c>ASC_CREATED</c>.</summary>
    internal string Sort { get; }

    /// <summary>The folders that the request names.</summary>
    internal IReadOnlyList<string> Folders => _path is null ? _query?.Paths ?? [] : [_path, .. _query?.Paths ?? []];

    internal bool MayHaveFolders => _query?.HasType ?? _type is "folder" or "all";

    internal bool MayHaveVersions => _query?.HasType ?? _type == "file-version";

    /// <summary>Reads the parameters of a request.</summary>
    /// <exception cref="FormatException">A parameter is invalid; the message is ImageKit's.</exception>
    internal static IKListRequest Read(Call call) => new(call);

    internal bool Matches(IKItem item) =>
        MatchesType(item)
        && (_path is null || item.ParentFolder == _path)
        && (_name is null || item.Name == _name)
        && (_fileType == "all" || (item.File is not null && IKMedia.IsImage(item.Name) == (_fileType == "image")))
        && (_query is null || _query.Matches(item));

    public bool Equals(IKListRequest? other) =>
        other is not null && _search == other._search && _path == other._path && _name == other._name && _type == other._type && _fileType == other._fileType && Sort == other.Sort;

    public override bool Equals(object? obj) => Equals(obj as IKListRequest);

    public override int GetHashCode() => HashCode.Combine(_search, _path, _name, _type, _fileType, Sort);

    private static HashSet<string> Sorts()
    {
        var sorts = new HashSet<string>(StringComparer.Ordinal);
        foreach (string field in (string[])["NAME", "CREATED", "UPDATED", "HEIGHT", "WIDTH", "SIZE", "RELEVANCE"])
        {
            sorts.Add("ASC_" + field);
            sorts.Add("DESC_" + field);
        }

        return sorts;
    }

    private static string? Value(Call call, string name) => call.Query(name) is { Length: > 0 } value ? value : null;

    private static string OneOf(string parameter, string value, string[] allowed) => Array.IndexOf(allowed, value) >= 0
        ? value
        : throw new FormatException($"Your request contains invalid value for {parameter} parameter. Please provide one of the following: {string.Join(", ", allowed)}.");

    private static int Number(Call call, string name, int missing) => Value(call, name) is not { } text ? missing
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw new FormatException($"Your request contains invalid value for {name} parameter.");

    /// <summary>A search query that names no type selects files, regardless of the parameter <c>type</c>.</summary>
    private bool MatchesType(IKItem item) => _query is not null
        ? _query.HasType || item.Type == "file"
        : _type == "all" ? item.Type != "file-version" : item.Type == _type;
}
