using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Features.Search;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Tests.Features;

/// <summary>A page of a list costs what the page is worth, whoever looks and whatever they filter by: it is read in order and never sorted.</summary>
public sealed class ListPlanTests(DossiersHost fixture) : DossierTests(fixture)
{
    private static readonly Dictionary<string, Func<IQueryable<Dossier>, IQueryable<Dossier>>> Filters = new()
    {
        ["nothing"] = rows => rows,
        ["procedure"] = rows => rows.Where(d => d.ProcedureCode == "1.004194"),
        ["field"] = rows => rows.Where(d => d.FieldCode == "residence"),
        ["agency"] = rows => rows.Where(d => d.AgencyCode == "H15.09"),
        ["channel"] = rows => rows.Where(d => d.Channel == Channel.Post),
        ["status"] = rows => rows.Where(d => d.Status == EF.Constant(DossierStatus.InProcess)),
    };

    public static TheoryData<string, string> Questions =>
        [.. from scope in new[] { "province", "centre:dak-lak", "agency:H15.09" } from filter in Filters.Keys select (scope, filter)];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_page_is_read_in_order_and_not_sorted(string scope, string filter)
    {
        var plan = await Plan(scope, db => Filters[filter](db.VisibleInOrder()).Newest(21));
        Assert.DoesNotContain("\"Sort\"", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("province")]
    [InlineData("centre:dak-lak")]
    [InlineData("agency:H15.09")]
    public async Task The_most_urgent_are_read_in_order_and_not_sorted(string scope)
    {
        var plan = await Plan(scope, db => db.VisibleInOrder().Where(d => d.SettledAt == null && d.DueAt != null).MostUrgent(21));
        Assert.DoesNotContain("\"Sort\"", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_size_of_a_page_is_written_into_the_statement()
    {
        await using var services = Host.Services.CreateAsyncScope();
        var db = Reader(services, "centre:dak-lak");
        Assert.Contains("LIMIT 21", db.VisibleInOrder().Newest(21).Select(NewestPage.Line).ToQueryString(), StringComparison.Ordinal);
    }

    private async Task<string> Plan(string scope, Func<DossiersDbContext, IQueryable<Dossier>> page)
    {
        await using var services = Host.Services.CreateAsyncScope();
        var db = Reader(services, scope);
        await using var command = page(db).Select(NewestPage.Line).CreateDbCommand();
        // Rolled back, so that the settings stay with this question.
        await using var asking = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        command.Transaction = asking.GetDbTransaction();
        // On a table this small everything is cheap; what cannot be had without sorting is sorted all the same.
        command.CommandText = "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; EXPLAIN (FORMAT JSON) " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        using var plan = JsonDocument.Parse(reader.GetString(0));
        return plan.RootElement[0].GetProperty("Plan").GetRawText();
    }

    private static DossiersDbContext Reader(AsyncServiceScope services, string scope)
    {
        var caller = Caller.System with { Subject = "officer-0", Scope = DataScope.Parse(scope, "officer-0") };
        services.ServiceProvider.GetRequiredService<CurrentUser>().Become(caller, null);
        return services.ServiceProvider.GetRequiredService<DossiersDbContext>();
    }
}
