using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class CountAssistance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(name: "pk_summaries", schema: "dossiers", table: "summaries");

            migrationBuilder.AddColumn<string>(
                name: "assistance",
                schema: "dossiers",
                table: "summaries",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Unassisted"
            );

            migrationBuilder.AddColumn<int>(
                name: "rejected",
                schema: "dossiers",
                table: "summaries",
                type: "integer",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<string>(
                name: "assistance",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Unassisted"
            );

            migrationBuilder.AddPrimaryKey(
                name: "pk_summaries",
                schema: "dossiers",
                table: "summaries",
                columns: new[] { "grain", "period", "centre_code", "agency_code", "field_code", "procedure_code", "channel", "assistance" }
            );

            migrationBuilder.Sql(StatisticsSql.CountAnew);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(name: "pk_summaries", schema: "dossiers", table: "summaries");

            migrationBuilder.DropColumn(name: "assistance", schema: "dossiers", table: "summaries");

            migrationBuilder.DropColumn(name: "rejected", schema: "dossiers", table: "summaries");

            migrationBuilder.DropColumn(name: "assistance", schema: "dossiers", table: "dossiers");

            migrationBuilder.AddPrimaryKey(
                name: "pk_summaries",
                schema: "dossiers",
                table: "summaries",
                columns: new[] { "grain", "period", "centre_code", "agency_code", "field_code", "procedure_code", "channel" }
            );
        }
    }
}
