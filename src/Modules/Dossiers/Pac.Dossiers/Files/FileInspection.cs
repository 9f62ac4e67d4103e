using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>
/// Looks at what a file holds (OWASP ASVS 5.0, 5.2): it must be of the type that was declared and of no other, whole, and nothing that runs.
/// Every type is read in constant memory.
/// </summary>
internal static class FileInspection
{
    private const int HeadSize = 1024;
    private const int TailSize = ZipDirectory.LongestEnd;

    // Anything that a browser or a reader would take for a file of its own.
    private static readonly byte[][] Markup =
    [
        .. new[] { "<script", "<html", "<svg", "<!doctype", "<?php" }.Select(m => m.Select(c => (byte)c).ToArray()),
    ];

    /// <summary>What is wrong with the file, or null; and the signature it carries.</summary>
    /// <param name="type">The type that was declared.</param>
    /// <param name="file">The file; read from any place.</param>
    /// <param name="anchors">What signatures have to lead to.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="ct">Cancels the work.</param>
    public static async Task<(Error? Finding, SignatureFacts? Signature)> Look(
        FileType type,
        Stream file,
        TrustAnchors anchors,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (file.Length == 0)
            return (FileErrors.Empty, null);
        var head = await Read(file, 0, HeadSize, ct);
        var tail = await Read(file, Math.Max(0, file.Length - TailSize), TailSize, ct);
        if (TypeOf(head) != Family(type))
            return (FileErrors.ContentDiffers, null);
        switch (type.Code)
        {
            case "docx":
                return (await ZipDirectory.Check(file, tail, "word/document.xml", ct), null);
            case "xlsx":
                return (await ZipDirectory.Check(file, tail, "xl/workbook.xml", ct), null);
            case "xml":
                return await SignedXml.Look(file, ct);
        }
        if (ZipDirectory.EndsAsZip(tail) || HoldsMarkup(head) || type.Code != "pdf" && head.AsSpan().IndexOf("%PDF-"u8) >= 0)
            return (FileErrors.TwoInOne, null);
        if (!IsWhole(type, head, tail, file.Length))
            return (FileErrors.Broken, null);
        if (type.Code != "pdf")
            return (null, null);
        return await PdfContent.Check(file, ct) is { } finding ? (finding, null) : (null, await PdfSignature.Read(file, anchors, now, ct));
    }

    /// <summary>Reads a stretch of a file.</summary>
    public static async Task<byte[]> Read(Stream file, long from, int most, CancellationToken ct)
    {
        file.Position = from;
        var bytes = new byte[Math.Min(most, file.Length - from)];
        await file.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private static string Family(FileType type) => type.Code is "docx" or "xlsx" ? "zip" : type.Code;

    private static string? TypeOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF-1."u8) || head.StartsWith("%PDF-2."u8))
            return "pdf";
        if (head.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            return "jpeg";
        if (head.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "png";
        if (head.StartsWith<byte>([0x49, 0x49, 0x2A, 0x00]) || head.StartsWith<byte>([0x4D, 0x4D, 0x00, 0x2A]))
            return "tiff";
        if (head.StartsWith("PK\u0003\u0004"u8))
            return "zip";
        return SignedXml.Begins(head) ? "xml" : null;
    }

    private static bool IsWhole(FileType type, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long length)
    {
        switch (type.Code)
        {
            case "pdf":
                // ISO 32000: the end mark stands within the last 1024 bytes.
                return tail[Math.Max(0, tail.Length - 1024)..].IndexOf("%%EOF"u8) >= 0;
            case "jpeg":
                return tail.TrimEnd<byte>([0, (byte)'\r', (byte)'\n']).EndsWith<byte>([0xFF, 0xD9]);
            case "png":
                return head.Length > 16
                    && head[12..16].SequenceEqual("IHDR"u8)
                    && tail.EndsWith<byte>([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]);
            case "tiff":
                if (head.Length < 8)
                    return false;
                var directory =
                    head[0] == 'I'
                        ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head[4..])
                        : System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
                return directory >= 8 && directory < length;
            default:
                return false;
        }
    }

    private static bool HoldsMarkup(ReadOnlySpan<byte> head)
    {
        Span<byte> lower = stackalloc byte[head.Length];
        for (var i = 0; i < head.Length; i++)
            lower[i] = head[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(head[i] + 32) : head[i];
        foreach (var mark in Markup)
            if (lower.IndexOf(mark) >= 0)
                return true;
        return false;
    }
}
