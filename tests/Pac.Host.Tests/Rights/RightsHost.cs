using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Pac.BuildingBlocks.Web;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>A host of its own, so that figures can be compared, with people of every role and every data scope.</summary>
public sealed class RightsHost : IAsyncLifetime
{
    public const string OwnCentre = "centre:66-22015";
    private readonly Dictionary<(string User, string Scope), (string Token, DateTimeOffset Until)> _tokens = [];
    private TestDatabase? _database;
    private RunningHost? _host;
    private ApiDocument? _document;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    internal ApiDocument Document => _document ?? throw new InvalidOperationException("The document has not been read.");

    internal TestDatabase Database => _database ?? throw new InvalidOperationException("The database has not been made.");

    /// <summary>What each operation requires, as its endpoint states it; null where it requires no permission.</summary>
    internal IReadOnlyDictionary<string, string?> Permissions { get; private set; } = new Dictionary<string, string?>();

    /// <summary>The roles as the seeds make them; tests make more.</summary>
    internal IReadOnlyList<string> SeededRoles { get; private set; } = [];

    /// <summary>The routes of the host.</summary>
    internal IReadOnlyList<RouteEndpoint> Routes { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _database = await Databases.Sandbox();
        _host = await RunningHost.Start(_database.ConnectionString);
        _document = await ApiDocument.ServedBy(_host.Anonymous());
        // No other system is there to compare with, so that no comparison can be made here.
        await _database.Scalar<Guid>(
            """
            INSERT INTO dossiers.reconciliations (id, partner, "from", "to", started_at, compared, differing, differences)
            VALUES (gen_random_uuid(), 'NationalPortal', '2026-11-01', '2026-11-30', now(), 1, 0, '[]') RETURNING id
            """
        );
        SeededRoles = await Strings("SELECT name FROM identity.roles ORDER BY name");
        Routes = await Compose();
        Composer.Colleague = () => As("all-colleague", "province", SeededRoles);
        Permissions = Routes
            .Where(r => r.Metadata.GetMetadata<UseCaseMetadata>() is not null)
            .ToDictionary(
                r => r.Metadata.GetMetadata<UseCaseMetadata>()!.UseCase,
                r => r.Metadata.GetMetadata<PermissionMetadata>()?.Permission.Name
            );
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    /// <summary>Somebody with every role there is, over this data.</summary>
    /// <param name="scope">The data.</param>
    /// <param name="oauthScope">What the application may touch; everything when left out.</param>
    internal Task<HttpClient> AllPowerful(string scope, string oauthScope = Sandbox.AllScopes) =>
        As("all-" + scope.Replace(':', '-').ToLowerInvariant(), scope, SeededRoles, oauthScope);

    /// <summary>Somebody with one role, over the whole province.</summary>
    internal Task<HttpClient> Holding(string role) => As("role-" + role.ToLowerInvariant(), "province", [role]);

    internal async Task<HashSet<string>> PermissionsOf(string role) =>
        [
            .. await Strings(
                "SELECT p.permission FROM identity.role_permissions p JOIN identity.roles r ON r.id = p.role_id WHERE r.name = $1",
                role
            ),
        ];

    private async Task<HttpClient> As(string user, string scope, IEnumerable<string> roles, string oauthScope = Sandbox.AllScopes)
    {
        await Hire(user, scope, roles);
        if (!_tokens.TryGetValue((user, oauthScope), out var known) || known.Until < TimeProvider.System.GetUtcNow())
        {
            using var browser = new Testing.Browser(Host.Address);
            // Half of its life: whoever asks for it may work with it for a while.
            known = ((await Host.SignsIn(browser, user, scope: oauthScope)).Access, TimeProvider.System.GetUtcNow().AddMinutes(5));
            _tokens[(user, oauthScope)] = known;
        }
        return Host.With(known.Token);
    }

    // A copy of a demonstration user, whatever columns users may have, so that the published password signs in.
    private async Task Hire(string user, string scope, IEnumerable<string> roles)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var known = new NpgsqlCommand("SELECT count(*) FROM identity.users WHERE user_name = $1", connection);
        known.Parameters.Add(new() { Value = user });
        if ((long)(await known.ExecuteScalarAsync())! > 0)
            return;
        var id = Guid.CreateVersion7();
        await Copy(
            connection,
            "users",
            "user_name = 'officer'",
            new()
            {
                ["id"] = id,
                ["user_name"] = user,
                ["normalized_user_name"] = user.ToUpperInvariant(),
            }
        );
        foreach (var role in roles)
            await Copy(
                connection,
                "user_roles",
                "user_id = (SELECT id FROM identity.users WHERE user_name = 'officer')",
                new()
                {
                    ["id"] = Guid.CreateVersion7(),
                    ["user_id"] = id,
                    ["role_id"] = await Database.Scalar<Guid>("SELECT id FROM identity.roles WHERE name = $1", role),
                    ["scope"] = scope,
                }
            );
    }

    private static async Task Copy(NpgsqlConnection connection, string table, string from, JsonObject changes)
    {
        await using var command = new NpgsqlCommand(
            $"INSERT INTO identity.{table} SELECT (jsonb_populate_record(t, $1::jsonb)).* FROM identity.{table} t WHERE {from} LIMIT 1",
            connection
        );
        command.Parameters.Add(new() { Value = changes.ToJsonString() });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private async Task<List<string>> Strings(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        List<string> found = [];
        while (await reader.ReadAsync())
            found.Add(reader.GetString(0));
        return found;
    }

    private static async Task<List<RouteEndpoint>> Compose()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.AddPacHost("Host=localhost");
        await using var app = builder.Build();
        app.UsePacHost();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()];
    }
}

/// <summary>The tests that share the host follow one another: some compare figures from before an act with those after it.</summary>
[CollectionDefinition(Name)]
public sealed class RightsCollection : ICollectionFixture<RightsHost>
{
    public const string Name = "rights";
}
