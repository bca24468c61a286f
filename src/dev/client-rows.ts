// Which checks judge which sample client in `npm test`; all of them do so with `--full`, and in `npm run matrix -- client`.
//
// A saint is judged by all checks, so each probe runs clients that do nothing wrong. A sinner runs the probes that its
// declared checks rest on, where its sin shows, and one more that is dealt to it in turn; each check whose probes
// it then ran judges it, so nothing that it did goes unjudged. Left out are faults that its sin does not
// touch: under them a sinner does what the saints do.
import { CHECKS } from '../checks/index.js';
import type { Check } from '../checks/verdict.js';
import type { EvidenceKey } from '../evidence/map.js';
import { closure, probeOf, probesOf } from '../plan.js';
import { PROBES } from '../probes/index.js';
import { CLIENTS, type ClientName, notApplicableTo } from '../sandbox/clients.js';

const CLIENT_CHECKS: readonly Check[] = CHECKS.filter(({ kind }) => kind === 'client');

export const SAINTS: readonly ClientName[] = clientsThat((flips) => flips.length === 0);
export const SINNERS: readonly ClientName[] = clientsThat((flips) => flips.length > 0);

function clientsThat(are: (flips: readonly string[]) => boolean): ClientName[] {
  return (Object.keys(CLIENTS) as ClientName[]).filter((name) => are(CLIENTS[name].flips));
}

/** All probes that run where these checks are selected. */
export function probesRun(checks: readonly Check[]): ReadonlySet<EvidenceKey> {
  return closure(checks.flatMap(probesOf));
}

/** Ids of the checks that judge a sample client. */
export function checksFor(client: ClientName): string[] {
  return (SAINTS.includes(client) ? CLIENT_CHECKS : checksForSinner(client)).map(({ id }) => id);
}

// They read through what other checks let run, and let no more run than the control.
const CONTROL = new Set<EvidenceKey>(['client.control', 'client.facts', 'client.lanes', 'client.bodies']);
const WHATEVER_RAN = CLIENT_CHECKS.filter((check) => isCovered(check, CONTROL));

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

function isCovered(check: Check, probes: ReadonlySet<EvidenceKey>): boolean {
  return [...probesRun([check])].every((key) => probes.has(key));
}

/** How many runs of the client a check takes at least. */
function runsFor(check: Check): number {
  const probes = [...probesRun([check])].map(probeOf);
  return probes.reduce((sum, probe) => sum + (probe.uses === 'client' ? probe.runs : 0), 0);
}
