using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.WebEncoders;
using Pac.BuildingBlocks.Web;

namespace Pac.Identity.Pages.Admin;

/// <summary>Puts the pages of administration into the host.</summary>
internal static class AdminSetup
{
    private const string Root = "/Admin";

    public static void AddAdminPages(this IServiceCollection services)
    {
        services
            .AddMvcCore(o =>
            {
                // What a field must be is said by the validators of the use cases.
                o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            })
            .AddAuthorization()
            .AddRazorPages(o => o.Conventions.AddFolderApplicationModelConvention(Root, MustHaveDoor))
            .AddApplicationPart(typeof(IdentityModule).Assembly);
        // Whoever describes the API asks MVC first, now that it is here, how JSON is written.
        services.Configure<JsonOptions>(o => Json.Configure(o.JsonSerializerOptions));
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<Directory>();
    }

    public static void MapAdminPages(this IEndpointRouteBuilder root) => root.MapRazorPages();

    /// <summary>Texts of rules come in the language that the page is shown in, which may be chosen by its switch.</summary>
    public static void UseAdminLanguage(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (http.Request.Path.StartsWithSegments("/admin", StringComparison.Ordinal))
                    CultureInfo.CurrentUICulture = HtmlPage.English(http.Request) ? Language.English : Language.Vietnamese;
                return next(http);
            }
        );

    // A page without a door would be open to everybody: the host does not start with one.
    private static void MustHaveDoor(PageApplicationModel page)
    {
        if (!page.Filters.OfType<DoorAttribute>().Any())
            throw new InvalidOperationException($"{page.ViewEnginePath} states no permission.");
    }
}
