import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { callsWithRuns, underOf } from '../shared/one-operation.js';

export default defineCheck({
  id: 'pins-version',
  kind: 'client',
  topic: 'Versions',
  severity: 'major',
  title: 'Every call pins the API version',
  why: 'Without a pin, the answers change on the day the default version changes.',
  fix: 'Set the version header once, beside the credential.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-5'],
  promises: ['contract.version.name', 'contract.version.value'],
  needs: ['client.control', 'client.server-errors', 'client.lanes'],

  judge({ 'client.lanes': lanes }, contract) {
    const version = contract.version;
    if (version?.in !== 'header' || version.name === undefined || version.value === undefined)
      return notApplicable('unset', 'Applies with contract.version.name and value.');
    const { name, value } = version;
    const calls = callsWithRuns(lanes);
    if (calls.length === 0) return inconclusive('no-calls', 'No call was recorded.');
    for (const { run, call } of calls) {
      const sent = call.request.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
      const where = `${underOf(run)}${call.request.method} ${call.request.url.split('?')[0]}`;
      if (sent === undefined)
        return fail('missing', `${where} sends no ${name}.`, [call.id], {
          expected: `${name}: ${value}`,
          measured: 'no such header',
        });
      if (sent !== value)
        return fail('differs', `${where} sends ${name}: ${sent}.`, [call.id], {
          expected: `${name}: ${value}`,
          measured: sent,
        });
    }
    return pass(
      'pinned',
      `${name}: ${value} on all ${plural(calls.length, 'call')}.`,
      calls.slice(0, 2).map(({ call }) => call.id),
    );
  },
});
