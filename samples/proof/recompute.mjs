// Counts the published figures again from a proof: the facts that GET /api/v1/dossier-statistics/proof gives.
// Node 18 or later, no packages. It shares no line with the product.
//
//   node recompute.mjs proof.ndjson [--from 2024-01-01 --to 2024-12-31] [--group month,channel] [--by field|agency]
//
// The file may be compressed with gzip, as the proof of a publication is. Prints JSON. Ends with 1, and the number of the line, when the chain of
// hashes is broken or the file is not whole; ends with 1 when the days asked for lie outside those of the proof.
import { createHash } from "node:crypto";
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

const noughts = "0".repeat(64);
const hour = 3600e6; // instants are counted in microseconds
const rules = ["byInstant", "byDay", "by766"];

function fail(message) {
  console.error(message);
  process.exit(1);
}

// ---- the chain

function open(file) {
  const begin = Buffer.alloc(2);
  const handle = openSync(file);
  readSync(handle, begin);
  closeSync(handle);
  const stream = createReadStream(file);
  return begin.readUInt16BE() === 0x1f8b ? stream.pipe(createGunzip()).on("error", () => fail("the compressed file is not whole")) : stream;
}

async function read(file, each) {
  let number = 0;
  let previous = noughts;
  let header;
  let end;
  let dossiers = 0;
  for await (const line of createInterface({ input: open(file), crlfDelay: Infinity })) {
    number++;
    if (end) fail(`line ${number}: there is more after the end`);
    let row;
    try {
      row = JSON.parse(line);
    } catch {
      fail(`line ${number}: not JSON`);
    }
    if (row.kind === "end") {
      if (row.lastHash !== previous) fail(`line ${number}: the last hash does not fit`);
      if (row.dossiers !== dossiers) fail(`line ${number}: ${dossiers} dossiers instead of ${row.dossiers}`);
      end = row;
      continue;
    }
    const bare = line.slice(0, -(`,"hash":"`.length + 64 + 2)) + "}";
    const hash = createHash("sha256").update(previous).update(bare, "utf8").digest("hex");
    if (hash !== row.hash) fail(`line ${number}: the hash does not fit`);
    previous = hash;
    if (number === 1) {
      if (row.kind !== "header" || row.schema !== "pac.dossier-facts.v1") fail("line 1: not a proof that is known here");
      header = row;
    } else {
      dossiers++;
      each(row, header);
    }
  }
  if (!end) fail(`line ${number}: the end is missing`);
  return { header, end, dossiers, lastHash: previous };
}

// ---- time

const micros = (text) => Date.parse(text.slice(0, 19) + "Z") * 1000 + Number(text.slice(20, 26));
const dayOf = (at) => new Date(at / 1000 + 7 * 3600e3).toISOString().slice(0, 10);
const beginOf = (day) => Date.parse(day + "T00:00:00Z") * 1000 - 7 * hour;
const dayAfter = (day, days = 1) => new Date(Date.parse(day + "T00:00:00Z") + days * 86400e3).toISOString().slice(0, 10);

function weekOf(day) {
  const monday0 = (new Date(day + "T00:00:00Z").getUTCDay() + 6) % 7;
  const thursday = dayAfter(day, 3 - monday0);
  const first = thursday.slice(0, 4) + "-01-01";
  const week = Math.floor((beginOf(thursday) - beginOf(first)) / (7 * 24 * hour)) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, "0")}`;
}

const timeKeys = { day: (d) => d, week: weekOf, month: (d) => d.slice(0, 7) };

function partsOf(dimension, from, to) {
  const parts = [];
  for (let day = from; day <= to; day = dayAfter(day)) {
    const key = timeKeys[dimension](day);
    if (parts.at(-1)?.key === key) parts.at(-1).end = beginOf(dayAfter(day));
    else parts.push({ key, begin: beginOf(day), end: beginOf(dayAfter(day)) });
  }
  return parts;
}

// ---- the definitions of on time

const compare = (end, due) => (due === undefined || end <= due ? (due !== undefined && dayOf(end) < dayOf(due) ? "early" : "onTime") : "late");

function byDay(end, due) {
  if (due === undefined || dayOf(end) === dayOf(due)) return "onTime";
  return dayOf(end) < dayOf(due) ? "early" : "late";
}

function by766(d, cutOff) {
  let waited = 0;
  let awaited;
  const asked = d.supplements.filter((s) => s.from <= cutOff);
  for (const s of asked) {
    if (s.to !== undefined && s.to <= cutOff) waited += s.to - s.from;
    else awaited = s.from;
  }
  if (asked.length > 1) return "late";
  const wanted = d.wished <= cutOff && !(d.wishDecided <= cutOff) ? d.wished : undefined;
  const end = d.settled !== undefined && d.settled <= cutOff ? d.settled : (awaited ?? wanted ?? cutOff);
  return compare(end - waited, d.promised);
}

const judge = {
  byInstant: (d) => compare(d.settled, d.due),
  byDay: (d) => byDay(d.settled, d.due),
  by766: (d) => by766(d, d.settled),
};

// ---- figures

const names = ["received", "settled", "early", "onTime", "late", "returned", "withdrawn", "refused", "stopped", "rejected"];
const empty = () => Object.fromEntries([...names, "overdue"].map((n) => [n, 0]));

export function rate(numerator, denominator) {
  if (denominator === 0) return { numerator, denominator };
  const hundredths = (BigInt(numerator) * 20000n + BigInt(denominator)) / (2n * BigInt(denominator));
  const text = String(hundredths).padStart(3, "0");
  return { numerator, denominator, percent: `${text.slice(0, -2)}.${text.slice(-2)}` };
}

function figures(rule, carriedOver, sum) {
  const open = carriedOver + sum.received - sum.settled;
  const { overdue, ...counted } = sum;
  const whole = carriedOver + sum.received;
  return {
    carriedOver,
    ...counted,
    open,
    onTimeRate: rule === "by766" ? rate(whole - sum.late - overdue, whole) : rate(sum.early + sum.onTime, sum.settled),
    ...(rule === "by766" ? { overdue } : {}),
  };
}

const outcomes = { withdrawal: "withdrawn", refusal: "refused", stop: "stopped" };
const openAt = (d, at) => d.received < at && (d.settled === undefined || d.settled >= at);

function count(dossiers, rule, from, to, dimensions, asOf) {
  const time = dimensions.find((d) => d in timeKeys);
  const parts = time ? partsOf(time, from, to) : [{ key: "", begin: beginOf(from), end: beginOf(dayAfter(to)) }];
  const [begin, end] = [parts[0].begin, parts.at(-1).end];
  const keyAt = (at) => (time ? timeKeys[time](dayOf(at)) : "");
  const within = (at) => at !== undefined && at >= begin && at < end;
  const lines = new Map();
  for (const d of dossiers) {
    const key = dimensions.filter((x) => x !== time).map((x) => d.row[x]);
    const id = key.join("\u001f");
    if (!lines.has(id)) lines.set(id, { d, carried: 0, sums: new Map() });
    const line = lines.get(id);
    const sum = (at) => {
      const part = keyAt(at);
      if (!line.sums.has(part)) line.sums.set(part, empty());
      return line.sums.get(part);
    };
    if (d.row.notAccepted) {
      // Never received: it counts as not accepted and as nothing else.
      if (within(d.settled)) sum(d.settled).rejected++;
      continue;
    }
    if (openAt(d, begin)) line.carried++;
    if (within(d.received)) sum(d.received).received++;
    if (within(d.returned)) sum(d.returned).returned++;
    if (within(d.settled)) {
      const s = sum(d.settled);
      s.settled++;
      s[judge[rule](d)]++;
      if (outcomes[d.row.outcome]) s[outcomes[d.row.outcome]]++;
    }
    if (rule === "by766")
      for (const part of parts)
        if (openAt(d, part.end) && by766(d, Math.min(asOf, part.end)) === "late") sum(part.begin).overdue++;
  }
  const groups = [];
  for (const line of lines.values()) {
    let carried = line.carried;
    for (const part of parts) {
      const sum = line.sums.get(part.key);
      const any = sum && names.some((n) => sum[n] > 0);
      if (!any && (carried === 0)) continue;
      const group = figures(rule, carried, sum ?? empty());
      const key = Object.fromEntries(dimensions.map((x) => [x, x === time ? part.key : line.d.row[x]]));
      groups.push({ key, ...group });
      carried = group.open;
    }
  }
  const text = (g) => dimensions.map((x) => g.key[x]).join("\u001f");
  return groups.sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function totals(dossiers, rule, from, to, asOf) {
  const { key, ...all } = count(dossiers, rule, from, to, [], asOf)[0] ?? { key: {}, ...figures(rule, 0, empty()) };
  return all;
}

// ---- report II.06a: by field or agency, columns 3 to 13

function report06a(dossiers, rule, by, from, to, asOf) {
  const [begin, end] = [beginOf(from), beginOf(dayAfter(to))];
  const lastDay = dayOf(Math.min(asOf, end - 1));
  const rows = new Map();
  for (const d of dossiers) {
    const of = d.row[by];
    if (!rows.has(of)) rows.set(of, { received: 0, online: 0, inPerson: 0, carriedOver: 0, settled: 0, early: 0, onTime: 0, late: 0, open: 0, inTime: 0, overdue: 0, rejectedAtIntake: 0 });
    const r = rows.get(of);
    if (d.row.notAccepted) {
      if (d.settled >= begin && d.settled < end) r.rejectedAtIntake++;
      continue;
    }
    if (d.received >= begin && d.received < end) d.row.channel === "online" ? r.online++ : r.inPerson++;
    if (openAt(d, begin)) r.carriedOver++;
    if (d.settled >= begin && d.settled < end) {
      r.settled++;
      r[judge[rule](d)]++;
    }
    if (openAt(d, end)) {
      r.open++;
      const over = d.due !== undefined && (rule === "byDay" ? dayOf(d.due) < lastDay : d.due < Math.min(asOf, end));
      over ? r.overdue++ : r.inTime++;
    }
    r.received = r.online + r.inPerson + r.carriedOver;
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([, r]) => r.received > 0 || r.rejectedAtIntake > 0).map(([key, r]) => ({ key, ...r, identity: r.received === r.settled + r.open }));
}

// ---- the late dossiers, by their end; what is open and overdue at the end of the period last

function lateUnder(dossiers, rule, from, to, asOf) {
  const [begin, end] = [beginOf(from), beginOf(dayAfter(to))];
  const late = [];
  for (const d of dossiers) {
    if (d.row.notAccepted) continue;
    if (d.settled >= begin && d.settled < end) {
      if (judge[rule](d) === "late") late.push({ d, place: d.settled });
    } else if (rule === "by766" && openAt(d, end) && by766(d, Math.min(asOf, end)) === "late") late.push({ d, place: end });
  }
  return late.sort((a, b) => a.place - b.place || (a.d.row.id < b.d.row.id ? -1 : 1));
}

// ---- whose hands a late dossier was in: working minutes by step and by agency

const weekDays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const clockTime = (text) => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * 60e6;

// Open time between two instants: a day that is open out of turn has its own hours, those of its weekday, or of the first open weekday.
function openTime(calendar) {
  const special = new Map(calendar.specialDays.map((d) => [d.date, d]));
  const week = (name) => calendar.week[name] ?? [];
  const firstOpen = [...weekDays.slice(1), weekDays[0]].map(week).find((shifts) => shifts.length > 0) ?? [];
  const shiftsOn = (day) => {
    const own = week(weekDays[new Date(day + "T00:00:00Z").getUTCDay()]);
    const d = special.get(day);
    if (!d) return own;
    return !d.open ? [] : (d.hours ?? (own.length > 0 ? own : firstOpen));
  };
  return (from, to) => {
    let open = 0;
    for (let day = dayOf(from); beginOf(day) < to; day = dayAfter(day))
      for (const shift of shiftsOn(day)) {
        const [opens, closes] = shift.split("-").map((t) => beginOf(day) + clockTime(t));
        open += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
      }
    return open;
  };
}

const minutesOf = (time) => Math.trunc(time / 60e6);
const hoursOf = (minutes) => Math.round((minutes * 100) / 60) / 100;
const at = (text) => (text === undefined ? undefined : micros(text));

function shares({ row }, end, open) {
  const segments = row.segments.map((s) => ({ runs: s.state === "running" || s.state === "extended", from: at(s.from), to: at(s.to) }));
  const pauses = segments.filter((s) => !s.runs);
  const held = [];
  let awaited = 0;
  for (const step of row.steps) {
    const from = at(step.from);
    if (from > end) continue;
    const to = Math.min(at(step.to) ?? end, end);
    const waited = pauses.reduce((sum, p) => {
      const [begin, stop] = [Math.max(p.from, from), Math.min(p.to ?? end, to)];
      return begin < stop ? sum + open(begin, stop) : sum;
    }, 0);
    awaited += waited;
    held.push({ body: step.role, minutes: minutesOf(open(from, to) - waited), allotted: step.allotted });
  }
  if (awaited > 0) held.push({ body: "applicant", minutes: minutesOf(awaited), allotted: 0 });
  const all = held.reduce((sum, h) => sum + h.minutes, 0);
  const bodies = new Map();
  for (const h of held) {
    const b = bodies.get(h.body) ?? { minutes: 0, allotted: 0 };
    bodies.set(h.body, { minutes: b.minutes + h.minutes, allotted: b.allotted + h.allotted });
  }
  return [...bodies].map(([body, b]) => ({
    body,
    ...(body === "applicant" ? {} : { bodyCode: body === "reception" ? row.centre : row.agency }),
    hours: hoursOf(b.minutes),
    allotted: b.allotted,
    share: rate(b.minutes, all),
  }));
}

function agencies({ row, received, settled }, end, open) {
  const segments = row.segments.filter((s) => s.state === "running" || s.state === "extended").map((s) => ({ from: at(s.from), to: at(s.to) }));
  const turns = row.turns.length > 0 ? row.turns.map((t) => ({ ...t, from: at(t.from), to: at(t.to) })) : [{ agency: row.agency, from: received, to: settled }];
  const held = turns
    .filter((t) => t.from <= end)
    .map((t) => (t.to > end ? { ...t, to: undefined, result: undefined } : t))
    .map((t) => {
      const until = t.to ?? end;
      const counted = segments
        .map((s) => [Math.max(s.from, t.from), s.to < until ? s.to : until])
        .reduce((sum, [begin, stop]) => (stop > begin ? sum + open(begin, stop) : sum), 0);
      return { ...t, minutes: minutesOf(counted) };
    });
  const all = held.reduce((sum, h) => sum + h.minutes, 0);
  return held.map((h) => ({ agencyCode: h.agency, hours: hoursOf(h.minutes), allotted: h.allotted, dueAt: h.dueAt, result: h.result, share: rate(h.minutes, all) }));
}

function lateList(late, calendars, asOf) {
  const known = new Map(calendars.map((c) => [c.code, openTime(c)]));
  return late.map(({ d, place }) => {
    const open = d.row.steps && known.get(d.row.calendar);
    const end = Math.min(place, asOf);
    return { code: d.row.code, shares: open ? shares(d, end, open) : [], agencies: open ? agencies(d, end, open) : [] };
  });
}

// ---- report II.07a: causes by field or agency, by the hash of the cause as it was written

function report07a(late, by) {
  const rows = new Map();
  for (const { d } of late) {
    const key = `${d.row[by]}\u001f${d.row.causeHash ?? ""}`;
    rows.set(key, (rows.get(key) ?? 0) + 1);
  }
  return [...rows].map(([key, count]) => ({ key: key.split("\u001f")[0], causeHash: key.split("\u001f")[1], count, share: rate(count, late.length) }));
}

// ---- report II.07b: procedures in force on the last day, by level

const receivedIn = (dossiers, from, to) => dossiers.filter((d) => !d.row.notAccepted && d.received >= beginOf(from) && d.received < beginOf(dayAfter(to)));

function report07b(dossiers, procedures, from, to) {
  const received = new Map();
  for (const d of receivedIn(dossiers, from, to)) received.set(d.row.procedure, (received.get(d.row.procedure) ?? 0) + 1);
  return ["province", "commune", "vertical"].map((level) => {
    const own = procedures.filter((p) => p.level === level);
    return {
      level,
      procedures: own.length,
      withDossiers: own.filter((p) => received.has(p.code)).length,
      withWorkflow: own.filter((p) => p.workflow).length,
      received: own.reduce((sum, p) => sum + (received.get(p.code) ?? 0), 0),
    };
  });
}

// ---- the quality index of Decision 766: the shares whose facts are here with their points, and the mean times of index 2.2

// Whether a day of a calendar is a working day, and how many lie between two days: the first not counted, a closed day moved to the next open one.
function workingDays(calendar) {
  const special = new Map(calendar.specialDays.map((d) => [d.date, d.open]));
  const names7 = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
  const open = (day) => special.get(day) ?? (calendar.week[names7[new Date(day + "T00:00:00Z").getUTCDay()]] ?? []).length > 0;
  const next = (day) => (open(day) ? day : next(dayAfter(day)));
  return (first, last) => {
    let days = 0;
    for (let day = next(first); day < next(last); day = next(dayAfter(day))) days++;
    return days;
  };
}

function publicity(header, from, to) {
  const own = header.publications.filter((p) => p.decidedOn >= from && p.decidedOn <= to);
  if (own.length === 0) return {};
  const between = workingDays(header.calendars.find((c) => c.code === header.provinceCalendar));
  const decided = own.filter((p) => p.daysWanted !== undefined);
  const published = own.filter((p) => p.daysAllowed !== undefined && p.publishedOn !== undefined);
  const inTime = (list, holds) => (list.length === 0 ? undefined : rate(list.filter(holds).length, list.length));
  return {
    "1.1": inTime(decided, (p) => between(p.decidedOn, p.effectiveFrom) >= p.daysWanted),
    "1.2": inTime(published, (p) => between(p.decidedOn, p.publishedOn) <= p.daysAllowed),
  };
}

function digitising(dossiers, from, to) {
  const own = dossiers.filter((d) => d.row.files && d.row.outcome === "result" && d.settled >= beginOf(from) && d.settled < beginOf(dayAfter(to)));
  const marks = { "4.1": "result", "4.2": "digitised", "4.3": "reused", "4.4": "fromStore" };
  if (own.length === 0) return {};
  // Index 4.1 asks only for results that have to be there.
  const mandatory = own.filter((d) => !d.row.resultOptional);
  return Object.fromEntries(
    Object.entries(marks)
      .map(([index, mark]) => [index, mark, index === "4.1" ? mandatory : own])
      .filter(([, , of]) => of.length > 0)
      .map(([index, mark, of]) => [index, rate(of.filter((d) => d.row.files.includes(mark)).length, of.length)]),
  );
}

// Indices 5.2 to 5.4: feedback and ratings are stated as sums, for the whole period of the proof.
function satisfaction(opinions, onTime) {
  const o = opinions;
  return {
    "5.2": rate(o.feedback - o.overdue, o.feedback),
    "5.3": rate(Math.max(0, o.feedback - o.disliked - o.repeated - o.overdue), o.feedback),
    "5.4": rate(Math.max(0, onTime.numerator - o.discontent), onTime.denominator),
  };
}

// All points from the target on, below it in proportion; two decimals, rounded half up.
function pointsOf(shares, parameters) {
  const points = {};
  for (const { index, maximum, target } of parameters) {
    const share = shares[index];
    if (share === undefined || share.denominator === 0 || maximum === undefined) continue;
    const [n, d, most, full] = [share.numerator, share.denominator, Math.round(maximum * 100), Math.round((target ?? 100) * 100)].map(BigInt);
    const hundredths = n * 10000n >= full * d ? most : (n * 20000n * most + d * full) / (2n * d * full);
    const text = String(hundredths).padStart(3, "0");
    points[index] = `${text.slice(0, -2)}.${text.slice(-2)}`;
  }
  return points;
}

function qualityIndex(dossiers, header, from, to, asOf) {
  const procedures = header.procedures;
  const whole = from === header.from && to === header.to;
  const received = receivedIn(dossiers, from, to);
  const online = procedures.filter((p) => p.online).map((p) => p.code);
  const used = new Set(received.filter((d) => d.row.channel === "online").map((d) => d.row.procedure));
  const shares = {
    ...publicity(header, from, to),
    ...digitising(dossiers, from, to),
    "2.1": totals(dossiers, "by766", from, to, asOf).onTimeRate,
    "3.1": rate(online.length, procedures.length),
    "3.2": rate(online.filter((code) => used.has(code)).length, online.length),
  };
  if (procedures.length > 0) shares["1.3"] = rate(procedures.filter((p) => p.complete).length, procedures.length);
  const taken = received.filter((d) => d.row.takenByPortal).length;
  // Where the result has to be electronic, one that has its result is online only with the file of it.
  const lacks = ({ row }) => row.electronicResult && row.outcome === "result" && row.files && !row.files.includes("result");
  if (taken > 0) {
    shares["1.4"] = rate(taken, received.length);
    shares["3.3"] = rate(received.filter((d) => d.row.channel === "online" && !lacks(d)).length * taken, received.length ** 2);
  }
  const withFee = received.filter((d) => d.row.hasFee);
  if (withFee.length > 0) shares["3.6"] = rate(withFee.filter((d) => d.row.paidOnline).length, withFee.length);
  if (whole) Object.assign(shares, satisfaction(header.opinions, shares["2.1"]));
  const times = new Map();
  for (const d of received) {
    if (d.settled === undefined || !["completed", "returned"].includes(d.row.status)) continue;
    const waited = d.supplements.reduce((sum, s) => sum + ((s.to ?? d.settled) - s.from), 0);
    const t = times.get(d.row.procedure) ?? { dossiers: 0, micros: 0n };
    times.set(d.row.procedure, { dossiers: t.dossiers + 1, micros: t.micros + BigInt(d.settled - d.received - waited) });
  }
  const hours = ({ dossiers: n, micros: sum }) => {
    const whole = 2n * BigInt(hour) * BigInt(n);
    const text = String((sum * 200n + whole / 2n) / whole).padStart(3, "0");
    return `${text.slice(0, -2)}.${text.slice(-2)}`;
  };
  const byCode = [...times].sort(([a], [b]) => (a < b ? -1 : 1));
  return { shares, points: pointsOf(shares, header.parameters), meanTimes: byCode.map(([procedureCode, t]) => ({ procedureCode, dossiers: t.dossiers, meanHours: hours(t) })) };
}

// ---- the program

async function main() {
  const [file, ...rest] = process.argv.slice(2);
  if (!file) fail("node recompute.mjs proof.ndjson [--from day --to day] [--group month,channel] [--by field|agency]");
  const options = {};
  for (let i = 0; i < rest.length; i += 2) options[rest[i].replace(/^--/, "")] = rest[i + 1];
  const by = options.by ?? "field";
  if (by !== "field" && by !== "agency") fail("reports are by field or agency");
  const dossiers = [];
  const chain = await read(file, (row) =>
    dossiers.push({
      row,
      received: at(row.receivedAt),
      due: at(row.dueAt),
      promised: at(row.promisedAt),
      settled: at(row.settledAt),
      returned: at(row.returnedAt),
      wished: at(row.withdrawalAskedAt),
      wishDecided: at(row.withdrawalDecidedAt),
      supplements: (row.segments ?? []).filter((s) => s.supplement).map((s) => ({ from: at(s.from), to: at(s.to) })),
    }),
  );
  const from = options.from ?? chain.header.from;
  const to = options.to ?? chain.header.to;
  for (const day of [from, to]) if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) fail(`${day} is no day`);
  if (from > to || from < chain.header.from || to > chain.header.to)
    fail(`the proof covers ${chain.header.from} to ${chain.header.to}: nothing outside it can be counted`);
  const asOf = micros(chain.end.asOf);
  const group = options.group ? options.group.split(",") : [];
  const late = Object.fromEntries(rules.map((rule) => [rule, lateUnder(dossiers, rule, from, to, asOf)]));
  const ofReports = (count) => Object.fromEntries(["byInstant", "byDay"].map((rule) => [rule, count(rule)]));
  const causes = {};
  for (const { d } of late.byInstant) causes[d.row.causeHash ?? ""] = (causes[d.row.causeHash ?? ""] ?? 0) + 1;
  console.log(
    JSON.stringify(
      {
        chain: { dossiers: chain.dossiers, lastHash: chain.lastHash },
        period: { from, to },
        figures: Object.fromEntries(
          rules.map((rule) => [
            rule,
            { totals: totals(dossiers, rule, from, to, asOf), groups: group.length ? count(dossiers, rule, from, to, group, asOf) : [] },
          ]),
        ),
        late: Object.fromEntries(rules.map((rule) => [rule, lateList(late[rule], chain.header.calendars, asOf)])),
        causes,
        report07a: ofReports((rule) => report07a(late[rule], by)),
        report07b: report07b(dossiers, chain.header.procedures, from, to),
        qualityIndex: qualityIndex(dossiers, chain.header, from, to, asOf),
        report06a: ofReports((rule) => report06a(dossiers, rule, by, from, to, asOf)),
      },
      null,
      1,
    ),
  );
}

await main();
