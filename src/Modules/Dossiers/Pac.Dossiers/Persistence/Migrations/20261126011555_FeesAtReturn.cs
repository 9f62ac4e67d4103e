using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class FeesAtReturn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "closed_by",
                schema: "dossiers",
                table: "tills",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "closing_reason",
                schema: "dossiers",
                table: "tills",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true
            );

            migrationBuilder.AddColumn<DateOnly>(
                name: "published_on",
                schema: "dossiers",
                table: "procedure_versions",
                type: "date",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "declared_value", schema: "dossiers", table: "dossiers", type: "bigint", nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "closed_by", schema: "dossiers", table: "tills");

            migrationBuilder.DropColumn(name: "closing_reason", schema: "dossiers", table: "tills");

            migrationBuilder.DropColumn(name: "published_on", schema: "dossiers", table: "procedure_versions");

            migrationBuilder.DropColumn(name: "declared_value", schema: "dossiers", table: "dossiers");
        }
    }
}
