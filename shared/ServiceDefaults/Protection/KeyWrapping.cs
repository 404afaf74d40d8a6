using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Monitoring.ServiceDefaults.Protection;

/// <summary>
/// Wraps data-protection keys by AES-256-GCM (NIST SP 800-38D) with <c>Protection:Key</c>, so that the database alone opens nothing. The
/// wrapped form names its key by a fingerprint: a wrong <c>Protection:Key</c> is told as what it is.
/// </summary>
internal sealed class KeyWrapping : IXmlEncryptor
{
    private const string ElementName = "wrappedKey";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] key;
    private readonly string fingerprint;

    public KeyWrapping(IConfiguration configuration)
    {
        key = new byte[32];
        if (!Convert.TryFromBase64String(configuration["Protection:Key"] ?? "", key, out var length) || length != key.Length)
            throw new InvalidOperationException("Protection:Key is not set or not 32 bytes as base64; give what 'openssl rand -base64 32' prints, and keep it: what is encrypted in the database can be read with this key alone.");
        fingerprint = Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 8));
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var wrapped = new byte[NonceSize + plain.Length + TagSize];
        var nonce = wrapped.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, wrapped.AsSpan(NonceSize, plain.Length), wrapped.AsSpan(NonceSize + plain.Length));
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(new XElement(ElementName, new XAttribute("by", fingerprint), Convert.ToBase64String(wrapped)), typeof(KeyUnwrapping));
    }

    public XElement Decrypt(XElement encryptedElement)
    {
        var wrapped = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var plain = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(wrapped[..NonceSize], wrapped[NonceSize..^TagSize], wrapped[^TagSize..], plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    /// <summary>
    /// Throws for an element that another key wrapped: data protection itself would pass such keys over, make new ones, and fail later on
    /// everything that is encrypted already.
    /// </summary>
    public XElement Check(XElement element)
    {
        if (element.Descendants(ElementName).Any(wrapped => (string?)wrapped.Attribute("by") != fingerprint))
            throw new InvalidOperationException("Protection:Key is not the key that the data-protection keys in this database were wrapped by; give that one.");
        return element;
    }
}

/// <summary>Made by data protection, by its name in the stored XML.</summary>
internal sealed class KeyUnwrapping(IServiceProvider services) : IXmlDecryptor
{
    private readonly KeyWrapping wrapping = services.GetRequiredService<KeyWrapping>();

    public XElement Decrypt(XElement encryptedElement) => wrapping.Decrypt(encryptedElement);
}
