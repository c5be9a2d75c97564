using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using FileVersions.Box;
using FileVersions.ImageKit;
using FileVersions.PS.Output;

namespace FileVersions.PS.Deserialization;

/// <summary>
/// Makes what PowerShell carried out of a job, a remote session or a Clixml file what it was: dates that compare, users, tags,
/// metadata and note properties included. FileVersions.Types.ps1xml names it.
/// </summary>
public sealed class WireConverter : PSTypeConverter
{
    private const string Prefix = "Deserialized.";

    private static readonly Dictionary<Type, Func<WireValues, object>> s_makers = new()
    {
        [typeof(BoxFileVersion)] = MakeBoxFileVersion,
        [typeof(BoxUser)] = MakeBoxUser,
        [typeof(IKFileVersion)] = MakeIKFileVersion,
        [typeof(AITag)] = MakeAITag,
    };

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject source && CanConvertFrom(source, destinationType);

    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) =>
        sourceValue is not null && destinationType is not null && s_makers.ContainsKey(destinationType)
            && sourceValue.TypeNames.Contains(Prefix + destinationType.FullName);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        ConvertFrom((PSObject)sourceValue, destinationType, formatProvider, ignoreCase);

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        Make(sourceValue, destinationType);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();

    /// <summary>What the object was, where it was a type of this module: sessions over SSH leave that to the reader. Else the object.</summary>
    internal static object Rebuild(PSObject source)
    {
        Type? type = s_makers.Keys.FirstOrDefault(known => source.TypeNames.Contains(Prefix + known.FullName));
        return type is null ? source : Make(source, type);
    }

    private static object Make(PSObject source, Type type)
    {
        var values = new WireValues(source);
        object made = s_makers[type](values);
        AdditionalProperties.AddTo(made, values.Notes());
        return made;
    }

    private static BoxFileVersion MakeBoxFileVersion(WireValues from) => new()
    {
        FileId = from.Text(nameof(BoxFileVersion.FileId)),
        VersionId = from.Text(nameof(BoxFileVersion.VersionId)),
        VersionNumber = from.Text(nameof(BoxFileVersion.VersionNumber)),
        Name = from.Text(nameof(BoxFileVersion.Name)),
        Size = from.Integer(nameof(BoxFileVersion.Size)),
        Sha1 = from.Text(nameof(BoxFileVersion.Sha1)),
        CreatedAt = from.Date(nameof(BoxFileVersion.CreatedAt)),
        ModifiedAt = from.Date(nameof(BoxFileVersion.ModifiedAt)),
        ModifiedBy = from.Object<BoxUser>(nameof(BoxFileVersion.ModifiedBy)),
        UploaderDisplayName = from.Text(nameof(BoxFileVersion.UploaderDisplayName)),
        TrashedAt = from.Date(nameof(BoxFileVersion.TrashedAt)),
        TrashedBy = from.Object<BoxUser>(nameof(BoxFileVersion.TrashedBy)),
        RestoredAt = from.Date(nameof(BoxFileVersion.RestoredAt)),
        RestoredBy = from.Object<BoxUser>(nameof(BoxFileVersion.RestoredBy)),
        PurgedAt = from.Date(nameof(BoxFileVersion.PurgedAt)),
        IsCurrent = from.Bool(nameof(BoxFileVersion.IsCurrent)),
        WireType = BoxWire.VersionType,
    };

    private static BoxUser MakeBoxUser(WireValues from) => new()
    {
        Id = from.Text(nameof(BoxUser.Id)),
        Name = from.Text(nameof(BoxUser.Name)),
        Login = from.Text(nameof(BoxUser.Login)),
    };

    private static IKFileVersion MakeIKFileVersion(WireValues from) => new()
    {
        FileId = from.Text(nameof(IKFileVersion.FileId)),
        WireVersionInfo = new IKVersionInfo
        {
            Id = from.Text(nameof(IKFileVersion.VersionId)),
            Name = from.Text(nameof(IKFileVersion.VersionName)),
        },
        Type = from.Text(nameof(IKFileVersion.Type)),
        Name = from.Text(nameof(IKFileVersion.Name)),
        FilePath = from.Text(nameof(IKFileVersion.FilePath)),
        FileType = from.Text(nameof(IKFileVersion.FileType)),
        Mime = from.Text(nameof(IKFileVersion.Mime)),
        Size = from.Integer(nameof(IKFileVersion.Size)),
        Width = from.Integer(nameof(IKFileVersion.Width)),
        Height = from.Integer(nameof(IKFileVersion.Height)),
        HasAlpha = from.Bool(nameof(IKFileVersion.HasAlpha)),
        Tags = from.List<string?>(nameof(IKFileVersion.Tags)),
        AITags = from.List<AITag>(nameof(IKFileVersion.AITags)),
        CustomCoordinates = from.Text(nameof(IKFileVersion.CustomCoordinates)),
        CustomMetadata = from.Map(nameof(IKFileVersion.CustomMetadata)),
        EmbeddedMetadata = from.Map(nameof(IKFileVersion.EmbeddedMetadata)),
        Description = from.Text(nameof(IKFileVersion.Description)),
        Url = from.Text(nameof(IKFileVersion.Url)),
        Thumbnail = from.Text(nameof(IKFileVersion.Thumbnail)),
        IsPrivateFile = from.Bool(nameof(IKFileVersion.IsPrivateFile)),
        IsPublished = from.Bool(nameof(IKFileVersion.IsPublished)),
        Duration = from.Decimal(nameof(IKFileVersion.Duration)),
        BitRate = from.Integer(nameof(IKFileVersion.BitRate)),
        VideoCodec = from.Text(nameof(IKFileVersion.VideoCodec)),
        AudioCodec = from.Text(nameof(IKFileVersion.AudioCodec)),
        CreatedAt = from.Date(nameof(IKFileVersion.CreatedAt)),
        UpdatedAt = from.Date(nameof(IKFileVersion.UpdatedAt)),
    };

    private static AITag MakeAITag(WireValues from) => new()
    {
        Name = from.Text(nameof(AITag.Name)),
        Confidence = from.Double(nameof(AITag.Confidence)),
        Source = from.Text(nameof(AITag.Source)),
    };
}
