using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Pac.BuildingBlocks.Web;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>Where an error cannot be told to the application, a person reads it: on a page, in two languages, without inner detail.</summary>
internal sealed class ErrorPages<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<TContext>()
            .AddFilter<OpenIddictServerAspNetCoreHandlerFilters.RequireHttpRequest>()
            .UseSingletonHandler<ErrorPages<TContext>>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ProcessLocalErrorResponse<TContext>.Descriptor.Order - 1)
            .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response is not { Error: { Length: > 0 } error } response)
            return;
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        await ErrorPages.Show(http, error, response.ErrorDescription).ExecuteAsync(http);
        context.HandleRequest();
    }
}

/// <summary>The page that says so.</summary>
internal static class ErrorPages
{
    public static IResult Show(HttpContext http, string error, string? description)
    {
        var english = HtmlPage.English(http.Request);
        var title = english ? "The application's request cannot be served" : "Không thể thực hiện yêu cầu của ứng dụng";
        var text = english
            ? "The application that sent you here made a request that the sign-in service does not accept. Go back to the application and try again; if it happens again, tell its operator what is said below."
            : "Ứng dụng đã đưa bạn đến đây gửi một yêu cầu mà dịch vụ đăng nhập không chấp nhận. Hãy quay lại ứng dụng và thử lại; nếu vẫn gặp lỗi, hãy báo cho đơn vị vận hành ứng dụng nội dung dưới đây.";
        return HtmlPage.Show(
            http,
            english,
            title,
            $"""<h1>{title}</h1><p>{text}</p><dl><dt>{(english ? "Error" : "Lỗi")}</dt><dd lang="en">{HtmlPage.Safe(error)}: {HtmlPage.Safe(
                description
            )}</dd></dl>""",
            StatusCodes.Status400BadRequest
        );
    }
}
