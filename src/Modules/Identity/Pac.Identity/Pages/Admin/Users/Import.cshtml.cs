using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Pac.BuildingBlocks;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin.Users;

/// <summary>Takes users from a CSV file: first to try, then, when nothing is wrong, in earnest.</summary>
[Door("identity.manage-users", Fresh = true)]
internal sealed class ImportModel : AdminPage
{
    [BindProperty(Name = "file")]
    public IFormFile? Upload { get; set; }

    /// <summary>The list that was tried, sent again to be taken.</summary>
    [BindProperty]
    public string? Csv { get; set; }

    public UserImportReport? Report { get; private set; }

    public override IReadOnlyDictionary<string, string> Fields => new Dictionary<string, string> { ["file"] = T("Tệp CSV", "CSV file") };

    public void OnGet() => Title = T("Nhập người dùng từ tệp CSV", "Import users from CSV");

    public async Task<IActionResult> OnPost()
    {
        OnGet();
        var taken = Filled(Csv) is not null;
        if (!await Try(async () => Report = await Ask(new ImportUsers(taken ? Csv! : await ReadFile(), !taken))))
        {
            // What is wrong with the list as a whole is wrong with the file.
            Faults.ForEachFault("file");
            return Page();
        }
        return Report!.Done ? Go("/admin/users?done=1") : Page();
    }

    private async Task<string> ReadFile()
    {
        if (Upload is null)
            throw InvalidRequestException.Body("/file", "required", "Hãy chọn một tệp.", "Choose a file.");
        using var reader = new StreamReader(Upload.OpenReadStream(), new UTF8Encoding(false, true));
        try
        {
            return Csv = await reader.ReadToEndAsync(Cancel);
        }
        catch (DecoderFallbackException)
        {
            throw InvalidRequestException.Body("/file", "not-utf-8", "Tệp không phải UTF-8.", "The file is not UTF-8.");
        }
    }
}

internal static class FaultLists
{
    /// <summary>Says faults of the whole form at one field.</summary>
    public static void ForEachFault(this List<Fault> faults, string field)
    {
        for (var i = 0; i < faults.Count; i++)
            if (faults[i].Field == "form")
                faults[i] = faults[i] with { Field = field };
    }
}
