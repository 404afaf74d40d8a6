// Posts invented reports at an uneven pace, with revisions and cancellations of earlier ones; deploy/demo runs it.
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { followUp, reports } from './demo-reports.mjs';

const { MONITORING_INGESTION_URL: ingestion, MONITORING_FEED_KEY: key } = process.env;
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, reports: { type: 'string', default: '320' } } });
const seconds = Number(values.seconds);
const wanted = Number(values.reports);
if (!(seconds > 0 && wanted > 0)) {
  console.error('demo: --seconds and --reports are positive numbers');
  process.exit(2);
}

const random = Math.random;
const source = reports(Date.now().toString(36), random);
const counts = { accepted: 0, duplicates: 0, rejected: 0 };
const waiting = [];

/** Posts a few at once; waits and tries again while the service is away or busy, as a feed should. */
async function post(items) {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(`${ingestion}/v1/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(items),
        signal: AbortSignal.timeout(30_000),
      });
      if (response.status === 429 || response.status === 503) throw new Error(`answered ${response.status}`);
      const text = await response.text();
      if (!response.ok) return fail(`${ingestion} answered ${response.status}: ${text}`);
      const answer = JSON.parse(text);
      for (const outcome of Object.keys(counts)) counts[outcome] += answer[outcome].length;
      return;
    } catch (error) {
      if (attempt === 10) return fail(`${ingestion} does not take reports: ${error.cause?.message ?? error.message}`);
      await pause(Math.min(attempt * 500, 5_000));
    }
  }
}

function fail(message) {
  console.error(`demo: ${message}`);
  process.exit(1);
}

/** The next report: now and then what became of one that was posted a while ago. */
function next(now) {
  if (waiting.length > 0 && waiting[0].due <= now) return followUp(waiting.shift().report, random);
  const report = source.next().value;
  // Only what was grave grows worse: neither a regatta nor a slow road does.
  const isGrave = ['medium', 'high', 'critical'].includes(report.hints?.severity);
  if (!report.status && isGrave && random() < 0.3) waiting.push({ report, due: now + seconds * 1000 * (0.05 + random() * 0.1) });
  waiting.sort((a, b) => a.due - b.due);
  return report;
}

console.log(`Posting ${wanted} invented reports to ${ingestion} over ${seconds} seconds`);
const started = Date.now();
for (let posted = 0; posted < wanted;) {
  const size = Math.min(wanted - posted, random() < 0.85 ? 1 : 2 + Math.floor(random() * 5));
  await post(Array.from({ length: size }, () => next(Date.now())));
  posted += size;
  // Uneven as the world is, yet done in time.
  const due = started + (posted / wanted) * seconds * 1000 + (random() - 0.5) * 400;
  await pause(Math.max(0, due - Date.now()));
}
console.log(`Posted ${wanted}: ${counts.accepted} accepted, ${counts.duplicates} duplicates, ${counts.rejected} rejected.`);
