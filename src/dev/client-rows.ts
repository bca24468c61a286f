// Which checks judge which sample client in `npm test`; all of them do so with `--full`, and in `npm run matrix -- client`.
//
// A saint is judged by all checks, so each probe runs clients that do nothing wrong; the one under interception by those that
// look at the wire, and those that wait by another formula by those that rest on waits. A sinner runs the probes that its
// declared checks rest on, where its sin shows, and one more that is dealt to it in turn; each check whose probes
// it then ran judges it, so nothing that it did goes unjudged. Left out are faults that its sin does not
// touch: under them a sinner does what the saints do.
import { CHECKS } from '../checks/index.js';
import type { Check } from '../checks/verdict.js';
import type { EvidenceKey } from '../evidence/map.js';
import { closure, probeOf } from '../plan.js';
import { PROBES } from '../probes/index.js';
import { CLIENTS, type ClientName, isIntercepted, notApplicableTo } from '../sandbox/clients.js';
import { OF_MANY_RUNS } from './confusion.js';
import { isCovered, probesRun } from './covered.js';

const CLIENT_CHECKS: readonly Check[] = CHECKS.filter(({ kind }) => kind === 'client');

export const SAINTS: readonly ClientName[] = clientsThat((flips) => flips.length === 0);
export const SINNERS: readonly ClientName[] = clientsThat((flips) => flips.length > 0);

function clientsThat(are: (flips: readonly string[]) => boolean): ClientName[] {
  return (Object.keys(CLIENTS) as ClientName[]).filter((name) => are(CLIENTS[name].flips));
}

/** Ids of the checks that judge a sample client. */
export function checksFor(client: ClientName): string[] {
  if (!SAINTS.includes(client)) return checksForSinner(client).map(({ id }) => id);
  if (OTHER_WAITS.includes(client)) return CHECKS_OF_WAITS.map(({ id }) => id);
  return (isIntercepted(client) ? CHECKS_OF_THE_WIRE : CLIENT_CHECKS).map(({ id }) => id);
}

// They read through what other checks let run, and let no more run than the control.
const CONTROL = new Set<EvidenceKey>(['client.control', 'client.facts', 'client.lanes', 'client.bodies']);
const WHATEVER_RAN = CLIENT_CHECKS.filter((check) => isCovered(check, CONTROL));

// Each of its runs is a process of Node with TLS, and costs as much as ten of another saint. Where a call arrives, is answered
// and can be read, interception changes nothing: these cut it, hold it up, or send it elsewhere.
const OF_THE_WIRE: readonly EvidenceKey[] = [
  'client.certificates',
  'client.hang',
  'client.lost-connections',
  'client.lost-response',
  'client.redirect',
  'client.server-errors',
  'client.slow-response',
  'client.truncated-response',
];
const CHECKS_OF_THE_WIRE = CLIENT_CHECKS.filter((check) =>
  isCovered(check, new Set([...CONTROL, ...closure(OF_THE_WIRE)])),
);

/** They differ from full-jitter in the formula of their waits alone, and from one another. */
export const OTHER_WAITS: readonly ClientName[] = ['decorrelated-jitter', 'equal-jitter'];
const CHECKS_OF_WAITS = CLIENT_CHECKS.filter((check) =>
  isCovered(check, probesRun([...WHATEVER_RAN, ...CLIENT_CHECKS.filter(({ id }) => OF_MANY_RUNS.includes(id))])),
);

/** For each further probe the check that lets the least run beside it. */
const DEALT: readonly Check[] = [
  ...new Set(
    PROBES.filter(({ uses, key }) => uses === 'client' && !CONTROL.has(key)).flatMap(({ key }) => {
      const resting = CLIENT_CHECKS.filter((check) => probesRun([check]).has(key));
      return resting.toSorted((a, b) => runsFor(a) - runsFor(b)).slice(0, 1);
    }),
  ),
];

function checksForSinner(client: ClientName): readonly Check[] {
  const flips: readonly string[] = CLIENTS[client].flips;
  const declared = CLIENT_CHECKS.filter(({ id }) => flips.includes(id));
  const own = probesRun([...WHATEVER_RAN, ...declared]);
  const others = DEALT.filter((check) => !isCovered(check, own) && !notApplicableTo(client).includes(check.id));
  const dealt = others[SINNERS.indexOf(client) % others.length];
  const all = probesRun([...WHATEVER_RAN, ...declared, ...(dealt === undefined ? [] : [dealt])]);
  return CLIENT_CHECKS.filter((check) => isCovered(check, all));
}

/** How many runs of the client a check takes at least. */
function runsFor(check: Check): number {
  const probes = [...probesRun([check])].map(probeOf);
  return probes.reduce((sum, probe) => sum + (probe.uses === 'client' ? probe.runs : 0), 0);
}
