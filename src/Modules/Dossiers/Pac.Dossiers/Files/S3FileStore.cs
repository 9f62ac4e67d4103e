using System.Buffers;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>A bucket of any store that speaks Amazon's S3. What is larger than one part goes in parts, and is seen once they are put together.</summary>
/// <param name="client">The client.</param>
/// <param name="bucket">The bucket; it exists.</param>
/// <param name="prefix">In front of every key.</param>
/// <param name="logger">Says what failed.</param>
internal sealed class S3FileStore(IAmazonS3 client, string bucket, string prefix, ILogger logger) : IFileStore
{
    // The smallest that all but the last part may be is 5 MiB.
    private const int PartSize = 8 * 1024 * 1024;

    public Task Put(string key, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        Guard(async () =>
        {
            using var content = new MemoryStream(bytes.ToArray(), writable: false);
            return await client.PutObjectAsync(
                new()
                {
                    BucketName = bucket,
                    Key = prefix + key,
                    InputStream = content,
                    UseChunkEncoding = false,
                },
                ct
            );
        });

    public async Task Put(string key, Stream content, long size, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PartSize);
        try
        {
            var first = await content.ReadAtLeastAsync(buffer.AsMemory(0, PartSize), PartSize, throwOnEndOfStream: false, ct);
            if (first == size)
                await Put(key, buffer.AsMemory(0, first), ct);
            else
                await Guard(() => PutParts(key, content, buffer, first, ct));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public Task<Stream> Open(string key, long from, CancellationToken ct) =>
        Guard(async () =>
        {
            var request = new GetObjectRequest { BucketName = bucket, Key = prefix + key };
            if (from > 0)
                request.ByteRange = new($"bytes={from}-");
            return (await client.GetObjectAsync(request, ct)).ResponseStream;
        });

    public Task<long?> Size(string key, CancellationToken ct) =>
        Guard(async () =>
        {
            try
            {
                return (long?)(await client.GetObjectMetadataAsync(bucket, prefix + key, ct)).ContentLength;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }
        });

    public Task Delete(string key, CancellationToken ct) => Guard(() => client.DeleteObjectAsync(bucket, prefix + key, ct));

    public async Task DeleteFolder(string folder, CancellationToken ct)
    {
        while (true)
        {
            var page = await Guard(() => client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = $"{prefix}{folder}/" }, ct));
            foreach (var found in page.S3Objects ?? [])
                await Guard(() => client.DeleteObjectAsync(bucket, found.Key, ct));
            if (page.IsTruncated != true)
                return;
        }
    }

    public async IAsyncEnumerable<string> Folders(
        string folder,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var start = $"{prefix}{folder}/";
        string? next = null;
        do
        {
            var from = next;
            var page = await Guard(() =>
                client.ListObjectsV2Async(
                    new()
                    {
                        BucketName = bucket,
                        Prefix = start,
                        Delimiter = "/",
                        ContinuationToken = from,
                    },
                    ct
                )
            );
            foreach (var found in page.CommonPrefixes ?? [])
                yield return found[start.Length..].TrimEnd('/');
            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (next is not null);
    }

    private async Task<bool> PutParts(string key, Stream content, byte[] buffer, int first, CancellationToken ct)
    {
        var started = await client.InitiateMultipartUploadAsync(bucket, prefix + key, ct);
        try
        {
            List<PartETag> parts = [];
            for (
                var length = first;
                length > 0;
                length = await content.ReadAtLeastAsync(buffer.AsMemory(0, PartSize), PartSize, throwOnEndOfStream: false, ct)
            )
            {
                using var part = new MemoryStream(buffer, 0, length, writable: false);
                var sent = await client.UploadPartAsync(
                    new()
                    {
                        BucketName = bucket,
                        Key = prefix + key,
                        UploadId = started.UploadId,
                        PartNumber = parts.Count + 1,
                        PartSize = length,
                        InputStream = part,
                        UseChunkEncoding = false,
                    },
                    ct
                );
                parts.Add(new(parts.Count + 1, sent.ETag));
            }
            await client.CompleteMultipartUploadAsync(
                new()
                {
                    BucketName = bucket,
                    Key = prefix + key,
                    UploadId = started.UploadId,
                    PartETags = parts,
                },
                ct
            );
            return true;
        }
        catch
        {
            await Abort(key, started.UploadId);
            throw;
        }
    }

    // Parts that are left cost room; buckets should also have a rule that removes them.
    private async Task Abort(string key, string uploadId)
    {
        try
        {
            await client.AbortMultipartUploadAsync(bucket, prefix + key, uploadId, CancellationToken.None);
        }
        catch (AmazonClientException e)
        {
            Log.StoreFailed(logger, e.GetType().Name, e.HResult);
        }
    }

    private async Task<T> Guard<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException)
        {
            Log.StoreFailed(logger, e.GetType().Name, e.HResult);
            throw new BusinessRuleException(FileErrors.StoreAway);
        }
    }
}
