using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Identity.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "changed_at",
                schema: "identity",
                table: "users",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()"
            );

            migrationBuilder.AddColumn<string>(
                name: "search",
                schema: "identity",
                table: "users",
                type: "character varying(800)",
                maxLength: 800,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<List<string>>(
                name: "offered",
                schema: "identity",
                table: "roles",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'"
            );

            migrationBuilder.Sql(
                """
                UPDATE identity.users SET search = translate(lower(regexp_replace(
                    normalize(display_name || ' ' || user_name || coalesce(' ' || email, ''), NFD), '[\u0300-\u036f]', '', 'g')), 'đ', 'd')
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "changed_at", schema: "identity", table: "users");

            migrationBuilder.DropColumn(name: "search", schema: "identity", table: "users");

            migrationBuilder.DropColumn(name: "offered", schema: "identity", table: "roles");
        }
    }
}
