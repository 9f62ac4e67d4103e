namespace Pac.BuildingBlocks.Web;

/// <summary>The standard words of a status, in both languages.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Machine word when nothing more special is known.</param>
/// <param name="VietnameseTitle">Title in Vietnamese.</param>
/// <param name="EnglishTitle">Title in English.</param>
/// <param name="Vietnamese">Sentence in Vietnamese.</param>
/// <param name="English">Sentence in English.</param>
public sealed record StandardProblem(
    int Status,
    string Code,
    string VietnameseTitle,
    string EnglishTitle,
    string Vietnamese,
    string English
)
{
    private static readonly Dictionary<int, StandardProblem> All = new StandardProblem[]
    {
        new(
            400,
            "malformed",
            "Yêu cầu không hợp lệ",
            "Bad request",
            "Nội dung yêu cầu không đúng định dạng.",
            "The request cannot be understood."
        ),
        new(401, "unauthenticated", "Chưa đăng nhập", "Unauthorized", "Cần có mã truy cập hợp lệ.", "A valid access token is needed."),
        new(403, "forbidden", "Không có quyền", "Forbidden", "Bạn không có quyền thực hiện việc này.", "You may not do this."),
        new(404, "not-found", "Không tìm thấy", "Not found", "Không có đối tượng này.", "There is no such resource."),
        new(
            405,
            "method-not-allowed",
            "Phương thức không được phép",
            "Method not allowed",
            "Địa chỉ này không nhận phương thức HTTP đó.",
            "This address does not take that HTTP method."
        ),
        new(
            406,
            "not-acceptable",
            "Không có dạng phù hợp",
            "Not acceptable",
            "Không có dạng dữ liệu nào trong Accept được cung cấp.",
            "None of the media types in Accept is offered."
        ),
        new(409, "conflict", "Xung đột", "Conflict", "Đối tượng vừa được người khác thay đổi.", "Somebody else has just changed it."),
        new(
            412,
            "stale",
            "Dữ liệu đã thay đổi",
            "Precondition failed",
            "Dữ liệu đã thay đổi kể từ lần bạn xem; hãy đọc lại.",
            "It has changed since you read it; read it again."
        ),
        new(
            413,
            "too-large",
            "Nội dung quá lớn",
            "Content too large",
            "Nội dung vượt quá giới hạn cho phép.",
            "The content is over the limit."
        ),
        new(
            414,
            "uri-too-long",
            "Địa chỉ quá dài",
            "URI too long",
            "Địa chỉ yêu cầu vượt quá giới hạn.",
            "The address of the request is over the limit."
        ),
        new(
            415,
            "unsupported-media-type",
            "Kiểu nội dung không được hỗ trợ",
            "Unsupported media type",
            "Hãy gửi application/json với bảng mã UTF-8.",
            "Send application/json in UTF-8, or the media type named in the document."
        ),
        new(
            416,
            "range-not-satisfiable",
            "Khoảng byte không có",
            "Range not satisfiable",
            "Tệp không có khoảng byte được yêu cầu.",
            "The file does not have the bytes asked for."
        ),
        new(422, "rule-broken", "Trái quy định", "Unprocessable content", "Nội dung trái với một quy định.", "The content breaks a rule."),
        new(
            428,
            "precondition-required",
            "Thiếu điều kiện",
            "Precondition required",
            "Cần tiêu đề If-Match với ETag của bản đã xem.",
            "The header If-Match with the ETag you saw is needed."
        ),
        new(
            429,
            "too-many-requests",
            "Quá nhiều yêu cầu",
            "Too many requests",
            "Đã vượt quá số yêu cầu cho phép; hãy thử lại sau.",
            "The limit of requests is used up; try again later."
        ),
        new(
            431,
            "headers-too-large",
            "Tiêu đề quá lớn",
            "Header fields too large",
            "Tiêu đề của yêu cầu vượt quá giới hạn.",
            "The headers of the request are over the limit."
        ),
        new(500, "unexpected", "Lỗi hệ thống", "Internal error", "Đã xảy ra lỗi ngoài dự kiến.", "Something unexpected happened."),
        new(
            503,
            "unavailable",
            "Tạm thời không phục vụ",
            "Unavailable",
            "Hệ thống tạm thời không phục vụ được; hãy thử lại sau ít giây.",
            "The service cannot answer right now; try again in a few seconds."
        ),
    }.ToDictionary(p => p.Status);

    /// <summary>The words of a status; those of 400 or 500 for an unusual one.</summary>
    public static StandardProblem For(int status) =>
        All.TryGetValue(status, out var known) ? known
        : status < 500 ? All[400]
        : All[500];
}
