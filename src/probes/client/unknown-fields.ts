import type { Operation } from '../../config/schema.js';
import { type EnumMember, enumMemberOf } from '../../evidence/enum-member.js';
import type { LanesEvidence } from '../../evidence/map.js';
import { attemptsOf } from '../../evidence/waits.js';
import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.unknown-fields',
  says: 'adding unknown fields and values to answers',
  after: ['client.control'],
  runs: 2,
  async run({ evidence, target, client }, lanes) {
    const fields = scenario('unknown fields', scriptOf(step('unknown-fields', {}, null)));
    const value = memberIn(evidence('client.control'), target.config.endpoint?.operations[client.operation]);
    if (value === null) return { runs: await lanes.run([fields]), value };
    const { pointer } = value;
    const valued = scriptOf(step('unknown-fields', { enums: [pointer], members: 0, reorder: false }, null));
    return { runs: await lanes.run([fields, scenario(`unknown value at ${pointer}`, valued)]), value };
  },
});

/** In what the operation was answered without faults. */
function memberIn({ runs }: LanesEvidence, operation: Operation | undefined): EnumMember | null {
  const calls = runs.flatMap((run) => attemptsOf(run));
  const call = calls.find(({ ended }) => ended === 'complete');
  const beside = { sent: jsonOf(call?.request.body?.text), polled: operation?.poll?.status, schema: operation?.schema };
  return enumMemberOf(jsonOf(call?.answer?.body.text), beside);
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
