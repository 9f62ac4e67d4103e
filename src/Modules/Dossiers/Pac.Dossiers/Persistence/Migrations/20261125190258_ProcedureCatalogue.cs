using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ProcedureCatalogue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "agency_code",
                schema: "dossiers",
                table: "procedures",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "end_decision",
                schema: "dossiers",
                table: "procedures",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true
            );

            migrationBuilder.AddColumn<DateOnly>(name: "ends_on", schema: "dossiers", table: "procedures", type: "date", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "level",
                schema: "dossiers",
                table: "procedures",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "online_level",
                schema: "dossiers",
                table: "procedures",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "search",
                schema: "dossiers",
                table: "procedures",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "successor_code",
                schema: "dossiers",
                table: "procedures",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<DateOnly>(
                name: "decided_on",
                schema: "dossiers",
                table: "procedure_versions",
                type: "date",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "fees_due",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb"
            );

            migrationBuilder.AddColumn<string>(
                name: "person_group",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "variant_code",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "legal_bases",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    number = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    name_en = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: true),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    amends = table.Column<string>(type: "jsonb", nullable: false),
                    to_be_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_legal_bases", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "procedure_drafts",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    based_on = table.Column<int>(type: "integer", nullable: true),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    changed_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_procedure_drafts", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "workflow_templates",
                schema: "dossiers",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    steps = table.Column<string>(type: "jsonb", nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_templates", x => x.code);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_procedure_drafts_code",
                schema: "dossiers",
                table: "procedure_drafts",
                column: "code",
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "legal_bases", schema: "dossiers");

            migrationBuilder.DropTable(name: "procedure_drafts", schema: "dossiers");

            migrationBuilder.DropTable(name: "workflow_templates", schema: "dossiers");

            migrationBuilder.DropColumn(name: "agency_code", schema: "dossiers", table: "procedures");

            migrationBuilder.DropColumn(name: "end_decision", schema: "dossiers", table: "procedures");

            migrationBuilder.DropColumn(name: "ends_on", schema: "dossiers", table: "procedures");

            migrationBuilder.DropColumn(name: "level", schema: "dossiers", table: "procedures");

            migrationBuilder.DropColumn(name: "online_level", schema: "dossiers", table: "procedures");

            migrationBuilder.DropColumn(name: "search", schema: "dossiers", table: "procedures");

            migrationBuilder.DropColumn(name: "successor_code", schema: "dossiers", table: "procedures");

            migrationBuilder.DropColumn(name: "decided_on", schema: "dossiers", table: "procedure_versions");

            migrationBuilder.DropColumn(name: "fees_due", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "person_group", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "variant_code", schema: "dossiers", table: "dossiers");
        }
    }
}
