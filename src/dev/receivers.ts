// The matrices of receivers: every sample receiver against every check of the webhook kind, and against every vector.
import { statusOf } from '../evidence/exchange.js';
import type { Report } from '../report/schema.js';
import { RECEIVERS, type ReceiverName } from '../sandbox/receivers.js';
import type { Vector } from '../webhook/vector.js';
import { VECTORS } from '../webhook/vectors.js';
import { golive, type Row, rowOf } from './confusion.js';

export const RECEIVER_NAMES = Object.keys(RECEIVERS) as ReceiverName[];

export interface ReceiverRow extends Row {
  /** Vectors that it met. */
  met: readonly string[];
  /** Those that it answered otherwise than a sound receiver. */
  wrong: readonly string[];
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

function isAnsweredRight({ id, expected }: Vector, { exchanges }: Report): boolean {
  // Killed receivers answer nothing, and are not to blame.
  const answers = exchanges.filter(({ request, probe }) => request.vector === id && probe !== 'killed').map(statusOf);
  return answers.every((status) => {
    if (status === null) return false;
    if (expected === 'answered') return status < 500;
    return expected === 'accepted' ? status >= 200 && status < 300 : status >= 400 && status < 500;
  });
}
