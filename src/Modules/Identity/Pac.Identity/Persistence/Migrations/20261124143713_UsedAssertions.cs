using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Identity.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class UsedAssertions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "used_assertions",
                schema: "identity",
                columns: table => new
                {
                    key = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_used_assertions", x => x.key);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_used_assertions_expires_at",
                schema: "identity",
                table: "used_assertions",
                column: "expires_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "used_assertions", schema: "identity");
        }
    }
}
