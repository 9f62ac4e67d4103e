using Microsoft.AspNetCore.Mvc;
using Pac.BuildingBlocks.Persistence;
using Pac.Identity.Features.Clients;

namespace Pac.Identity.Pages.Admin.Clients;

/// <summary>Finds registered applications.</summary>
[Door("identity.read")]
internal sealed class ClientsModel : AdminPage
{
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<ClientView> Found { get; private set; } = new([]);

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string>
        {
            ["search"] = T("Tên, mã hoặc đơn vị chịu trách nhiệm", "Name, client id or owner"),
            ["state"] = T("Trạng thái", "State"),
        };

    public IReadOnlyList<Option> States => [new("active", T("Đang hoạt động", "Active")), new("disabled", T("Đã vô hiệu hóa", "Disabled"))];

    public async Task OnGet()
    {
        Title = T("Ứng dụng", "Applications");
        var filter = new ClientFilter(
            Filled(Search),
            State switch
            {
                "active" => false,
                "disabled" => true,
                _ => null,
            }
        );
        Found = await Ask(new FindClients(filter, new(null, Filled(Cursor), true)));
    }
}
