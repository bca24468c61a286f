import type { LaneRun } from '../../evidence/run.js';
import { waitsOf } from '../../evidence/waits.js';
import { lastingFault } from '../../lanes/lasting.js';
import { step } from '../../proxy/arm.js';
import type { Step } from '../../proxy/script.js';
import { defineClientProbe } from '../define.js';

interface Lasting {
  name: string;
  step: Step;
}

/** The same fault for good, by what a run under the passing one is labelled. */
function lastingOf(label: string): Lasting | null {
  if (label === 'reset before the request was read') return { name: label, step: step('reset-before', {}, null) };
  if (label === 'reset after the request was read') return { name: label, step: step('reset-after', {}, null) };
  return /^\d{3}$/.test(label) ? { name: label, step: step('status', { status: Number(label) }, null) } : null;
}

const isRetried = (run: LaneRun) => waitsOf(run).length > 0;

/** The fault that this client retries, for good: a 503, else another that it retried where it was passing. */
export default defineClientProbe({
  key: 'client.outage',
  says: 'answering every call of your client with what it retries',
  after: ['client.server-outage', 'client.server-errors', 'client.rate-limits', 'client.lost-connections'],
  runs: 0,
  async run(context, lanes) {
    const plain = context.evidence('client.server-outage');
    if (plain.runs.some(isRetried)) return plain;
    const lasting = (['client.server-errors', 'client.rate-limits', 'client.lost-connections'] as const)
      .flatMap((key) => context.evidence(key).runs)
      .filter(isRetried)
      .map((run) => lastingOf(run.label))
      .find((one) => one !== null);
    if (lasting === undefined) return plain;
    return { runs: await lastingFault(lasting.name, lasting.step, context.client, lanes) };
  },
});
