using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ExchangeFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "sealed",
                schema: "dossiers",
                table: "exchange_messages",
                type: "bytea",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "exchange_files",
                schema: "dossiers",
                columns: table => new
                {
                    partner = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    their_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_files", x => new { x.partner, x.file_id });
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_files",
                schema: "dossiers",
                table: "exchange_messages",
                columns: new[] { "partner", "next_attempt_at" },
                filter: "state = 'Waiting' AND kind = 'File'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_to_seal",
                schema: "dossiers",
                table: "exchange_messages",
                column: "id",
                filter: "text IS NOT NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "exchange_files", schema: "dossiers");

            migrationBuilder.DropIndex(name: "ix_exchange_messages_files", schema: "dossiers", table: "exchange_messages");

            migrationBuilder.DropIndex(name: "ix_exchange_messages_to_seal", schema: "dossiers", table: "exchange_messages");

            migrationBuilder.DropColumn(name: "sealed", schema: "dossiers", table: "exchange_messages");
        }
    }
}
