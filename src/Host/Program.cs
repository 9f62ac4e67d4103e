using Pac.EmbeddedPostgres;
using Pac.Host;

var builder = WebApplication.CreateBuilder(args);
if (Verbs.IsOffline(args))
    return await Verbs.WriteDocument(builder, args);
try
{
    await using var database = await Database.Provide(builder.Configuration, builder.Environment);
    builder.AddPacHost(database.ConnectionString);
    await using var app = builder.Build();
    app.UsePacHost();
    if (await Verbs.Run(app, args) is { } exitCode)
        return exitCode;
    if (app.Environment.IsDevelopment())
        await Database.MigrateAndSeed(app.Services, sandbox: true);
    await app.StartAsync();
    Welcome.Print(app, database);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (e is PostgresMissingException or ConfigurationException)
{
    // What is missing is said plainly; a stack trace would only hide it.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
