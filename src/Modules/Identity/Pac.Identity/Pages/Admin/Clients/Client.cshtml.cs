using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Mail;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Features.Clients;
using Pac.SharedKernel;

namespace Pac.Identity.Pages.Admin.Clients;

internal static class ClientWords
{
    public static string KindName(this AdminPage page, ClientKind kind) =>
        kind switch
        {
            ClientKind.Browser => page.T("Trình duyệt, điện thoại, kiosk (không giữ bí mật)", "Browser, phone, kiosk (keeps no secret)"),
            ClientKind.WebServer => page.T("Trang web có máy chủ (giữ bí mật)", "Web site with a server (keeps a secret)"),
            _ => page.T("Hệ thống máy (hành động cho chính nó)", "Machine (acts for itself)"),
        };
}

/// <summary>Pages about one application.</summary>
internal abstract class OneClient : AdminPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ClientView Client { get; protected set; } = null!;

    public string Address => $"/admin/clients/{Id}";

    /// <summary>The address of this service as applications know it.</summary>
    public string Issuer =>
        (
            HttpContext.RequestServices.GetRequiredService<IConfiguration>()["Identity:Issuer"]
            ?? HttpContext.RequestServices.GetRequiredService<OwnAddress>().Find()
            ?? $"{Request.Scheme}://{Request.Host}"
        ).TrimEnd('/');

    protected async Task Read()
    {
        var found = await Ask(new GetClient(Id));
        Client = found.Item;
        if (Version == 0)
            Version = found.Version;
    }
}

/// <summary>One application: what it may, its secrets, and the one click that turns it off.</summary>
[Door("identity.read", Acts = "identity.manage-clients", Fresh = true)]
internal sealed class ClientModel : OneClient
{
    public List<(string Role, string Scope)> Grants { get; } = [];

    public async Task OnGet()
    {
        await Read();
        Title = T("Ứng dụng: ", "Application: ") + Client.Name;
        foreach (var grant in Client.Grants)
            Grants.Add((await Directory.Role(grant.Role, Cancel), await Directory.Scope(grant.Scope, Cancel)));
    }

    public Task<IActionResult> OnPostDisable() => Turn(new DisableClient(Id, Version));

    public Task<IActionResult> OnPostEnable() => Turn(new EnableClient(Id, Version));

    private async Task<IActionResult> Turn(ICommand<Versioned<ClientView>> command)
    {
        if (await Try(() => Ask(command)))
            return Go(Address + "?done=1");
        await OnGet();
        return Page();
    }
}

/// <summary>What an application did lately.</summary>
[Door("identity.read")]
internal sealed class ActivityModel : OneClient
{
    public ClientActivity Activity { get; private set; } = null!;

    public async Task OnGet()
    {
        await Read();
        Activity = await Ask(new GetClientActivity(Id));
        Title = T("Ứng dụng đã làm gì", "What the application did");
    }
}

/// <summary>Lines to try an application with, made for its kind and this service's address.</summary>
[Door("identity.read")]
internal sealed class TryModel : OneClient
{
    public IReadOnlyList<(string Name, string Code)> Snippets { get; private set; } = [];

    public async Task OnGet()
    {
        await Read();
        Snippets = Admin.Clients.Snippets.For(Client, Issuer);
        Title = T("Thử ứng dụng", "Try the application");
    }
}
