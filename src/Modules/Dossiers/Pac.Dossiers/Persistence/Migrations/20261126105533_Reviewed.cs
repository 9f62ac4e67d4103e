using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Reviewed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "proof_file",
                schema: "dossiers",
                table: "publications",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "revision",
                schema: "dossiers",
                table: "fields",
                type: "integer",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                schema: "dossiers",
                table: "fields",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u
            );

            migrationBuilder.AddColumn<string>(
                name: "stated_by",
                schema: "dossiers",
                table: "events",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Pac"
            );

            migrationBuilder.AddColumn<int>(name: "counted_pages", schema: "dossiers", table: "dossiers", type: "integer", nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "allotted_hours",
                schema: "dossiers",
                table: "consultations",
                type: "numeric(9,3)",
                precision: 9,
                scale: 3,
                nullable: true
            );

            migrationBuilder.AlterColumn<string>(
                name: "which",
                schema: "dossiers",
                table: "clock_moves",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(20)",
                oldMaxLength: 20
            );

            migrationBuilder.AddColumn<DateOnly>(
                name: "effective_from",
                schema: "dossiers",
                table: "agencies",
                type: "date",
                nullable: true
            );

            migrationBuilder.AddColumn<DateOnly>(name: "effective_to", schema: "dossiers", table: "agencies", type: "date", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "end_decision",
                schema: "dossiers",
                table: "agencies",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "founding_decision",
                schema: "dossiers",
                table: "agencies",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "parent_code",
                schema: "dossiers",
                table: "agencies",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "revision",
                schema: "dossiers",
                table: "agencies",
                type: "integer",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<string>(
                name: "successor_code",
                schema: "dossiers",
                table: "agencies",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                schema: "dossiers",
                table: "agencies",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u
            );

            migrationBuilder.CreateTable(
                name: "exchange_pulls",
                schema: "dossiers",
                columns: table => new
                {
                    partner = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_pulls", x => x.partner);
                }
            );

            migrationBuilder.CreateTable(
                name: "reconciliation_differences",
                schema: "dossiers",
                columns: table => new
                {
                    reconciliation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    here = table.Column<int>(type: "integer", nullable: true),
                    there = table.Column<int>(type: "integer", nullable: true),
                    stated_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_differences", x => new { x.reconciliation_id, x.number });
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_ratings_agency_code_field_code_rated_on",
                schema: "dossiers",
                table: "ratings",
                columns: new[] { "agency_code", "field_code", "rated_on" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_feedback_assigned_to_id",
                schema: "dossiers",
                table: "feedback",
                columns: new[] { "assigned_to", "id" },
                descending: new[] { false, true },
                filter: "assigned_to IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_feedback_kept",
                schema: "dossiers",
                table: "feedback",
                column: "id",
                filter: "erased_at IS NULL AND closed_at IS NOT NULL"
            );

            migrationBuilder.FillReconciliationDifferences();
            migrationBuilder.Sql(PromisedBackfill.Fill);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "exchange_pulls", schema: "dossiers");

            migrationBuilder.DropTable(name: "reconciliation_differences", schema: "dossiers");

            migrationBuilder.DropIndex(name: "ix_ratings_agency_code_field_code_rated_on", schema: "dossiers", table: "ratings");

            migrationBuilder.DropIndex(name: "ix_feedback_assigned_to_id", schema: "dossiers", table: "feedback");

            migrationBuilder.DropIndex(name: "ix_feedback_kept", schema: "dossiers", table: "feedback");

            migrationBuilder.DropColumn(name: "proof_file", schema: "dossiers", table: "publications");

            migrationBuilder.DropColumn(name: "revision", schema: "dossiers", table: "fields");

            migrationBuilder.DropColumn(name: "xmin", schema: "dossiers", table: "fields");

            migrationBuilder.DropColumn(name: "stated_by", schema: "dossiers", table: "events");

            migrationBuilder.DropColumn(name: "counted_pages", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "allotted_hours", schema: "dossiers", table: "consultations");

            migrationBuilder.DropColumn(name: "effective_from", schema: "dossiers", table: "agencies");

            migrationBuilder.DropColumn(name: "effective_to", schema: "dossiers", table: "agencies");

            migrationBuilder.DropColumn(name: "end_decision", schema: "dossiers", table: "agencies");

            migrationBuilder.DropColumn(name: "founding_decision", schema: "dossiers", table: "agencies");

            migrationBuilder.DropColumn(name: "parent_code", schema: "dossiers", table: "agencies");

            migrationBuilder.DropColumn(name: "revision", schema: "dossiers", table: "agencies");

            migrationBuilder.DropColumn(name: "successor_code", schema: "dossiers", table: "agencies");

            migrationBuilder.DropColumn(name: "xmin", schema: "dossiers", table: "agencies");

            migrationBuilder.AlterColumn<string>(
                name: "which",
                schema: "dossiers",
                table: "clock_moves",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60
            );
        }
    }
}
