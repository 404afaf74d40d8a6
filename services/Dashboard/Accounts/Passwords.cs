using System.Security.Cryptography;

namespace Monitoring.Dashboard.Accounts;

internal static class Passwords
{
    /// <summary>Without letters and digits that are mistaken for each other.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>20 random characters: 116 bits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, 20);
}
