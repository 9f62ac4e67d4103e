import { createHash } from 'node:crypto';

const style = `
*{box-sizing:border-box}body{margin:0;font:1.0625rem/1.5 system-ui,"Noto Sans",sans-serif;color:#1b1b1b;background:#fff}
header{background:#5a1f5c;color:#fff;padding:1rem 1.25rem}header p{margin:0;font-weight:600}main{max-width:64rem;margin:0 auto;padding:1.25rem}
a{color:#5a1f5c}h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:2rem}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;background:#fff;padding:.5rem}
button,.button{display:inline-block;min-height:2.75rem;padding:.5rem 1.25rem;font:inherit;font-weight:600;color:#fff;background:#5a1f5c;border:2px solid #5a1f5c;border-radius:.25rem;text-decoration:none;cursor:pointer}
input{min-height:2.75rem;padding:.5rem;font:inherit;border:2px solid #555;border-radius:.25rem;width:100%;max-width:24rem}label{display:block;font-weight:600;margin-bottom:.25rem}
:focus-visible{outline:3px solid #b35900;outline-offset:2px}form{margin:1rem 0}.row{display:flex;gap:1rem;flex-wrap:wrap}.row form{margin:0}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}th,td{text-align:left;padding:.5rem;border-bottom:1px solid #bbb;vertical-align:top}
th[scope=row]{white-space:nowrap}td a,th a,p>a:only-child{display:inline-block;min-height:1.5rem}.error{border:3px solid #a8071a;padding:.75rem 1rem}dl{display:grid;grid-template-columns:fit-content(45%) minmax(0,1fr);gap:.25rem 1rem;overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0}`;

const styleHash = createHash('sha256').update(style).digest('base64');

const statusNames = {
  submitted: 'Mới đăng ký',
  received: 'Được tiếp nhận',
  rejected: 'Không được tiếp nhận',
  inProcess: 'Đang xử lý',
  supplementRequested: 'Yêu cầu bổ sung giấy tờ',
  financialObligationRequested: 'Yêu cầu thực hiện nghĩa vụ tài chính',
  withdrawalRequested: 'Yêu cầu rút hồ sơ',
  stopped: 'Dừng xử lý',
  completed: 'Đã xử lý xong',
  returned: 'Đã trả kết quả',
};

/** A template in which every value is made safe for HTML, unless it is a piece of a page itself. */
export function html(strings, ...values) {
  return { page: strings.reduce((text, s, i) => text + piece(values[i - 1]) + s) };
}

export function send(response, status, title, content, formTargets) {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': 'vi',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${formTargets}; base-uri 'none'; frame-ancestors 'none'`,
  });
  response.end(`<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${piece(title)} - Cổng hồ sơ của bên thứ ba</title><style>${style}</style></head>
<body><a class="skip" href="#main">Đến nội dung chính</a><header><p>Cổng hồ sơ của bên thứ ba (ví dụ)</p></header>
<main id="main"><h1>${piece(title)}</h1>${piece(content)}</main></body></html>
`);
}

export const welcome = () => html`
  <p>Trang này không thuộc Trung tâm. Bạn đăng nhập tại Trung tâm; mật khẩu của bạn không đi qua đây.</p>
  <p><a class="button" href="/sign-in">Đăng nhập qua PAC</a></p>
  ${trackForm('')}`;

export const home = (session, me, dossiers) => html`
  <p>Xin chào <strong>${me.name}</strong>. Phạm vi dữ liệu: ${me.dataScope}. Quyền đã cấp cho trang này: ${me.scopes.join(', ')}.</p>
  <p>Mã truy cập có hiệu lực đến ${when(new Date(session.expiresAt).toISOString())}; đã gia hạn ${session.refreshed} lần.</p>
  <div class="row">${act(session, '/refresh', 'Gia hạn phiên')}${act(session, '/sign-out', 'Đăng xuất')}</div>
  ${trackForm('')}
  <h2>Hồ sơ mới nhất</h2>
  ${dossiers.length === 0 ? html`<p>Chưa có hồ sơ nào.</p>` : table(dossiers)}`;

export const tracked = (dossier) => html`
  <dl>
    <dt>Mã hồ sơ</dt><dd>${dossier.code}</dd>
    <dt>Thủ tục</dt><dd>${dossier.procedureName}</dd>
    <dt>Cơ quan giải quyết</dt><dd>${dossier.agencyName}</dd>
    <dt>Trạng thái</dt><dd>${statusOf(dossier)}</dd>
    <dt>Tiếp nhận</dt><dd>${when(dossier.receivedAt)}</dd>
    <dt>Hẹn trả</dt><dd>${when(dossier.dueAt)}</dd>
    <dt>Trả kết quả</dt><dd>${when(dossier.returnedAt)}</dd>
  </dl>
  ${trackForm(dossier.code)}<p><a href="/">Về trang đầu</a></p>`;

/** What went wrong, as the problem document says it. */
export const failure = (detail, traceId) => html`
  <div class="error" role="alert"><p>${detail}</p>${traceId ? html`<p>Mã tra cứu: ${traceId}</p>` : ''}</div>
  <p><a href="/">Về trang đầu</a></p>`;

const trackForm = (code) => html`
  <h2>Tra cứu hồ sơ</h2>
  <form action="/track" method="get"><label for="code">Mã hồ sơ</label>
  <div class="row"><input id="code" name="code" value="${code}" maxlength="60" autocomplete="off" spellcheck="false" required><button>Tra cứu</button></div></form>`;

const act = (session, action, name) => html`
  <form action="${action}" method="post"><input type="hidden" name="form" value="${session.form}"><button>${name}</button></form>`;

const table = (dossiers) => html`
  <div class="scroll" role="region" aria-label="Hồ sơ mới nhất" tabindex="0"><table>
    <caption>${String(dossiers.length)} hồ sơ tiếp nhận gần đây nhất</caption>
    <thead><tr><th scope="col">Mã hồ sơ</th><th scope="col">Người nộp</th><th scope="col">Trạng thái</th><th scope="col">Tiếp nhận</th><th scope="col">Hẹn trả</th></tr></thead>
    <tbody>${dossiers.map(
      (d) => html`<tr>
      <th scope="row"><a href="/track?code=${encodeURIComponent(d.code)}">${d.code}</a></th>
      <td>${d.applicantName}</td><td>${statusOf(d)}</td><td>${when(d.receivedAt)}</td><td>${when(d.dueAt)}</td></tr>`,
    )}</tbody>
  </table></div>`;

const statusOf = (dossier) => statusNames[dossier.status] ?? dossier.status;

const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

const when = (instant) => (instant ? clock.format(new Date(instant)) : 'chưa có');

function piece(value) {
  if (Array.isArray(value)) return value.map(piece).join('');
  if (value && typeof value === 'object' && 'page' in value) return value.page;
  return String(value ?? '').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
