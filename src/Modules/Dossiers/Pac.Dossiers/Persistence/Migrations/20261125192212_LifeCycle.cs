using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class LifeCycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "assisted_centre_code",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(name: "closing", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "delivery",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "None"
            );

            migrationBuilder.AddColumn<string>(name: "extension", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "handling_agency_code",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(name: "intake", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "noted_due_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<bool>(
                name: "only_submitted",
                schema: "dossiers",
                table: "dossiers",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<Guid>(name: "parent_id", schema: "dossiers", table: "dossiers", type: "uuid", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "payment",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "None"
            );

            migrationBuilder.AddColumn<string>(
                name: "payments",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'"
            );

            migrationBuilder.AddColumn<string>(
                name: "portal_code",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "promised_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "return_centre_code",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "return_identity",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "submitted_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "supplements",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'"
            );

            migrationBuilder.AddColumn<string>(
                name: "sync",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Pending"
            );

            migrationBuilder.AddColumn<string>(
                name: "turns",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'"
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "watch_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(name: "withdrawal", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

            migrationBuilder.CreateTable(
                name: "legal_terms",
                schema: "dossiers",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    value = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: false),
                    unit = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    time_of_day = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    name_en = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    basis = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    to_be_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_legal_terms", x => new { x.code, x.effective_from });
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_handling_agency_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "handling_agency_code", "received_at", "id" },
                descending: new[] { false, true, true },
                filter: "handling_agency_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_parent_id",
                schema: "dossiers",
                table: "dossiers",
                column: "parent_id",
                filter: "parent_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_portal_code",
                schema: "dossiers",
                table: "dossiers",
                column: "portal_code",
                unique: true,
                filter: "portal_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_return_centre_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "return_centre_code", "received_at", "id" },
                descending: new[] { false, true, true },
                filter: "return_centre_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_watch_at",
                schema: "dossiers",
                table: "dossiers",
                column: "watch_at",
                filter: "watch_at IS NOT NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "legal_terms", schema: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_handling_agency_code_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_parent_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_portal_code", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_return_centre_code_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_watch_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "assisted_centre_code", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "closing", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "delivery", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "extension", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "handling_agency_code", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "intake", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "noted_due_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "only_submitted", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "parent_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "payment", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "payments", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "portal_code", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "promised_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "return_centre_code", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "return_identity", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "submitted_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "supplements", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "sync", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "turns", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "watch_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "withdrawal", schema: "dossiers", table: "dossiers");
        }
    }
}
