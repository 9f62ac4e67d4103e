using System.Globalization;
using System.Text;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Users and their roles from a list: tried first, taken whole or not at all, and the same list twice changes nothing.</summary>
public sealed class UserImportTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private readonly string _mark = "im" + Guid.CreateVersion7().ToString("N")[^10..];

    [Fact]
    public async Task A_list_is_tried_taken_and_taken_again_without_effect()
    {
        var desk = await Desk.Of(Host);
        var csv =
            "\uFEFFuserName,displayName,email,phone,role,scope,startsOn,endsOn\r\n"
            + $"{_mark}.a,\"Nguyễn \"\"Út\"\", An\",{_mark}.a@pac.example,+84 262 3123456,ReceptionOfficer,centre:dak-lak,2026-12-01,2027-12-31\r\n"
            + $"{_mark}.a,\"Nguyễn \"\"Út\"\", An\",,,HrOfficer,province,,\r\n"
            + $"{_mark}.b,\"Hai\nDòng\",,,,,,\r\n";
        var dry = (await desk.Imports(csv, dryRun: true)).Expect(200).Json;
        Assert.False(dry.GetProperty("done").GetBoolean());
        Assert.Empty(dry.GetProperty("errors").EnumerateArray());
        Assert.Equal((3, 2, 2), Counts(dry));
        Assert.Equal(0, await Made());
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM identity.jobs WHERE kind = 'send-mail'"));

        var done = (await desk.Imports(csv)).Expect(200).Json;
        Assert.True(done.GetProperty("done").GetBoolean());
        Assert.Equal((3, 2, 2), Counts(done));
        Assert.Equal(2, await Made());
        Assert.Single(await Host.Letters($"{_mark}.a@pac.example"));
        Assert.Equal(
            "Nguyễn \"Út\", An",
            await Host.Scalar<string>("SELECT display_name FROM identity.users WHERE user_name = $1", _mark + ".a")
        );

        var again = (await desk.Imports(csv)).Expect(200).Json;
        Assert.Equal((3, 0, 0), Counts(again));
        Assert.Equal(3, again.GetProperty("unchanged").GetInt32());
        Assert.Single(await Host.Letters($"{_mark}.a@pac.example"));
    }

    [Fact]
    public async Task Every_fault_is_named_by_line_and_column_and_one_fault_keeps_all_out()
    {
        var desk = await Desk.Of(Host);
        var csv = string.Join(
            "\n",
            "userName,displayName,email,role,scope,startsOn,endsOn",
            $"{_mark}.good,Tốt,,Cashier,own,,",
            $"{_mark} bad,Có dấu cách,,,,,",
            $"{_mark}.c,Vai trò lạ,,King,province,,",
            $"{_mark}.d,Nơi lạ,,Cashier,centre:nowhere,,",
            $"{_mark}.e,Ngày sai,,Cashier,own,31/12/2026,",
            $"{_mark}.f,Đã hết,,Cashier,own,,2020-01-01",
            $"{_mark}.g,Thư sai,khong-phai-thu,,,,",
            $"{_mark}.h,Thiếu cột",
            $"{_mark}.i,Thiếu phạm vi,,Cashier,,,",
            $"{_mark}.j,=HYPERLINK(\"\"x\"\"),,,,,"
        );
        var report = (await desk.Imports(csv)).Expect(200).Json;
        Assert.False(report.GetProperty("done").GetBoolean());
        Assert.Equal(0, await Made());
        var errors = report
            .GetProperty("errors")
            .EnumerateArray()
            .Select(e => (e.GetProperty("line").GetInt32(), e.TryGetProperty("column", out var c) ? c.GetString() : null))
            .ToList();
        foreach (
            var expected in new (int, string?)[]
            {
                (3, "userName"),
                (4, "role"),
                (5, "scope"),
                (6, "startsOn"),
                (7, "endsOn"),
                (8, "email"),
                (9, null),
                (10, "scope"),
            }
        )
            Assert.Contains(expected, errors);
        Assert.DoesNotContain(errors, e => e.Item1 == 2);
        Assert.All(report.GetProperty("errors").EnumerateArray(), e => Assert.NotEmpty(e.GetProperty("detail").GetString()!));
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData("userName,displayName\n", "empty")]
    [InlineData("user,name\na,b\n", "unknown-columns")]
    [InlineData("userName,displayName,userName\na,b,c\n", "unknown-columns")]
    [InlineData("userName\na\n", "unknown-columns")]
    public async Task A_file_that_is_no_list_is_refused_as_a_whole(string csv, string code)
    {
        var desk = await Desk.Of(Host);
        var reply = (await desk.Imports(csv)).Expect(400);
        Assert.True(reply.Text.Contains(code, StringComparison.Ordinal) || code == "required", reply.Text);
        (await desk.Client.Post("/api/v1/user-imports", "{}")).Expect(415);
        (await desk.Client.Call(HttpMethod.Post, "/api/v1/user-imports", Calls.Body(new byte[] { 0xC3, 0x28, 0x0A }, "text/csv"))).Expect(
            400
        );
    }

    [Fact]
    public async Task A_cell_that_looks_like_a_formula_is_taken_as_text_and_leaves_as_text()
    {
        var desk = await Desk.Of(Host);
        (await desk.Imports($"userName,displayName\n={_mark},A\n")).Expect(200).Json.GetProperty("errors")[0].GetProperty("column");
        var report = (await desk.Imports($"userName,displayName\n@{_mark},\"=1+1\"\n")).Expect(200).Json;
        Assert.True(report.GetProperty("done").GetBoolean(), report.ToString());
        Assert.Equal("=1+1", await Host.Scalar<string>("SELECT display_name FROM identity.users WHERE user_name = $1", "@" + _mark));
    }

    [Fact]
    public async Task Ten_thousand_lines_are_taken_in_flat_memory_and_taken_again_without_effect()
    {
        var desk = await Desk.Of(Host);
        var csv = new StringBuilder("userName,displayName,role,scope\n");
        for (var n = 0; n < 10_000; n++)
            csv.Append(CultureInfo.InvariantCulture, $"{_mark}.{n},Người dùng số {n},Cashier,centre:dak-lak\n");
        var peak = 0L;
        using var stop = new CancellationTokenSource();
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    // What lives after a collection, not what waits for one.
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
                    await Task.Delay(100, CancellationToken.None);
                }
            },
            CancellationToken.None
        );
        var report = (await desk.Imports(csv.ToString())).Expect(200).Json;
        await stop.CancelAsync();
        await watch;
        Assert.True(report.GetProperty("done").GetBoolean(), report.ToString());
        Assert.Equal((10_000, 10_000, 10_000), Counts(report));
        Assert.Equal(10_000, await Made());
        Assert.True(peak < 48 * 1024 * 1024, $"The import held {peak >> 20} MB.");
        Assert.Equal(10_000, (await desk.Imports(csv.ToString(), dryRun: true)).Expect(200).Json.GetProperty("unchanged").GetInt32());
        await Host.Sql(
            "DELETE FROM identity.user_roles r USING identity.users u WHERE u.id = r.user_id AND u.user_name LIKE $1",
            _mark + ".%"
        );
        await Host.Sql("DELETE FROM identity.users WHERE user_name LIKE $1", _mark + ".%");
    }

    private Task<long> Made() => Host.Scalar<long>("SELECT count(*) FROM identity.users WHERE user_name LIKE $1", $"%{_mark}%");

    private static (int Rows, int Created, int Assigned) Counts(System.Text.Json.JsonElement report) =>
        (report.GetProperty("rows").GetInt32(), report.GetProperty("created").GetInt32(), report.GetProperty("assigned").GetInt32());
}
