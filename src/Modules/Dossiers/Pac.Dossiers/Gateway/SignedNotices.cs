using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Gateway;

/// <summary>Notices of a gateway: JSON, signed as a whole with HMAC-SHA256 in hexadecimal digits.</summary>
internal static class SignedNotices
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static string Write(GatewayNotice notice) => JsonSerializer.Serialize(notice, Shape);

    public static string Sign(string body, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    /// <exception cref="BusinessRuleException">It is not signed with the secret, or cannot be read.</exception>
    public static GatewayNotice Read(string body, string? signature, string secret)
    {
        var right = Encoding.ASCII.GetBytes(Sign(body, secret));
        if (signature is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), right))
            throw new BusinessRuleException(GatewayErrors.NotSigned);
        try
        {
            var notice = JsonSerializer.Deserialize<GatewayNotice>(body, Shape);
            var complete =
                notice is { OrderCode.Length: > 0, AmountDong: >= 0 }
                && (notice.State != GatewayState.Paid || notice.TransactionId is { Length: > 0 and <= 60 });
            return complete ? notice! : throw new BusinessRuleException(GatewayErrors.NoticeUnclear);
        }
        catch (JsonException)
        {
            throw new BusinessRuleException(GatewayErrors.NoticeUnclear);
        }
    }
}
