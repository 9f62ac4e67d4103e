using Microsoft.AspNetCore.Http;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;

namespace Pac.Dossiers.Features.Forms;

/// <summary>How every form is answered: as JSON, or printed when <c>format</c> or <c>Accept</c> asks for it.</summary>
internal static class FormFileEndpoint
{
    public static async Task<IResult> Answer<T>(
        HttpContext http,
        string? format,
        Func<string, Task<T>> make,
        Func<T, FormSheet> sheet,
        Func<T, string> name
    )
    {
        var pdf = format switch
        {
            null => http.Request.Headers.Accept.ToString().Contains("application/pdf", StringComparison.OrdinalIgnoreCase),
            "pdf" => true,
            "json" => false,
            _ => throw InvalidRequestException.Query("format", "unknown-format", "Chỉ có json hoặc pdf.", "The formats are json and pdf."),
        };
        var form = await make($"{http.Request.Scheme}://{http.Request.Host}");
        return pdf ? new FileAnswer(sheet(form).Draw(), "application/pdf", name(form) + ".pdf") : new ValueAnswer<T>(form);
    }
}
