using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class AccessLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_access_log_subject_id",
                schema: "dossiers",
                table: "access_log",
                columns: new[] { "subject", "id" }
            );
            migrationBuilder.Sql(AccessLogSql.AppendOnly);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(AccessLogSql.Open);
            migrationBuilder.DropIndex(name: "ix_access_log_subject_id", schema: "dossiers", table: "access_log");
        }
    }
}
