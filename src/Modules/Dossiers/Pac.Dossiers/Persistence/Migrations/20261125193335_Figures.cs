using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Figures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "publications",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    definition = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    group_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    scope = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    published_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    cut_off = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    figures = table.Column<string>(type: "text", nullable: false),
                    proof_dossiers = table.Column<long>(type: "bigint", nullable: false),
                    proof_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publications", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "quality_parameters",
                schema: "dossiers",
                columns: table => new
                {
                    index_number = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    maximum = table.Column<decimal>(type: "numeric(6,2)", precision: 6, scale: 2, nullable: true),
                    target = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: true),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    to_be_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quality_parameters", x => new { x.index_number, x.effective_from });
                }
            );

            migrationBuilder.CreateTable(
                name: "reporting_rules",
                schema: "dossiers",
                columns: table => new
                {
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    start_day = table.Column<int>(type: "integer", nullable: false),
                    months_before = table.Column<int>(type: "integer", nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    to_be_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reporting_rules", x => x.effective_from);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_paused",
                schema: "dossiers",
                table: "dossiers",
                column: "received_at",
                filter: "clock @? '$.segments[*] ? (@.state == \"waitingForCitizen\")'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_publications_published_at_id",
                schema: "dossiers",
                table: "publications",
                columns: new[] { "published_at", "id" },
                descending: new bool[0]
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "publications", schema: "dossiers");

            migrationBuilder.DropTable(name: "quality_parameters", schema: "dossiers");

            migrationBuilder.DropTable(name: "reporting_rules", schema: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_paused", schema: "dossiers", table: "dossiers");
        }
    }
}
