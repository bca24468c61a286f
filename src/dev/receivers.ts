// The matrices of receivers: every sample receiver against every check of the webhook kind, and against every vector.
import { CHECKS } from '../checks/index.js';
import { receptionOf } from '../evidence/events.js';
import { statusOf } from '../evidence/exchange.js';
import type { EvidenceKey } from '../evidence/map.js';
import type { Report } from '../report/schema.js';
import { RECEIVERS, type ReceiverName } from '../sandbox/receivers.js';
import type { Vector } from '../webhook/vector.js';
import { VECTORS } from '../webhook/vectors.js';
import { golive, type Row, rowOf } from './confusion.js';
import { deal, probesRun } from './covered.js';

export const RECEIVER_NAMES = Object.keys(RECEIVERS) as ReceiverName[];

export interface ReceiverRow extends Row {
  /** Vectors that it met. */
  met: readonly string[];
  /** Those that it answered otherwise than a sound receiver. */
  wrong: readonly string[];
}

const WEBHOOK_CHECKS = CHECKS.filter(({ kind }) => kind === 'webhook');
/** They cost most: whoever meets them is judged by all checks that rest on them. */
const KILLS: EvidenceKey = 'webhook.killed';
const OF_KILLS = WEBHOOK_CHECKS.filter((check) => probesRun([check]).has(KILLS));

const flipsOf = (name: ReceiverName): readonly string[] => RECEIVERS[name].flips;
const DEALT = deal(
  new Map(RECEIVER_NAMES.filter((name) => flipsOf(name).length > 0).map((name) => [name, flipsOf(name)])),
  WEBHOOK_CHECKS,
  {
    own: (declared) => probesRun(probesRun(declared).has(KILLS) ? [...declared, ...OF_KILLS] : declared),
    dealable: WEBHOOK_CHECKS.filter((check) => !OF_KILLS.includes(check)),
  },
);

/** Checks that judge a receiver in `npm test`: all for a saint, and what is dealt to a sinner. */
export function checksFor(name: ReceiverName): readonly string[] {
  return DEALT.get(name) ?? WEBHOOK_CHECKS.map(({ id }) => id);
}

/** One run of the demo, by all checks of the webhook kind or by those named. */
export async function runReceiver(name: ReceiverName, checks: readonly string[] = ['webhook']): Promise<ReceiverRow> {
  const { stdout, code } = await golive(['demo', '--json', '--quiet', '--only', ...checks, '--receiver', name]);
  const report = JSON.parse(stdout) as Report;
  const vectors = VECTORS.filter(({ id }) => report.exchanges.some(({ request }) => request.vector === id));
  return {
    ...rowOf(name, RECEIVERS[name].flips, report, [], code),
    met: vectors.map(({ id }) => id),
    wrong: vectors.filter((vector) => !isAnsweredRight(vector, report)).map(({ id }) => id),
  };
}

function isAnsweredRight({ id, group, expected }: Vector, { exchanges }: Report): boolean {
  // Killed receivers answer nothing and are not to blame; nor are those whose answer we did not wait for.
  const answers = exchanges
    .filter(({ request, probe, ended }) => request.vector === id && probe !== 'killed' && ended !== 'cut-by-us')
    .map(statusOf);
  return answers.every((status) => {
    if (status === null) return false;
    const reception = receptionOf(status, undefined);
    if (expected === 'answered') return reception !== 'threw';
    return reception === expected || (group === 'plain reads' && reception === 'no-route');
  });
}
