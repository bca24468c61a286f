import { isDeepStrictEqual } from 'node:util';
import { jsonOf } from '../../evidence/exchange.js';
import { getPointer } from '../../evidence/pointer.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'separates-environments',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'Key, host and answers agree on the environment',
  why: 'Test orders on production cost money; production traffic on a sandbox is lost without an error.',
  fix: 'Use the key and host of the environment that endpoint.environment names.',
  refs: ['https://12factor.net/config'],
  promises: ['contract.environments'],
  needs: ['endpoint.target', 'endpoint.authenticated'],

  judge({ 'endpoint.target': target, 'endpoint.authenticated': control }, contract) {
    const { environment, host, keyPrefixOf, hostOf } = target;
    const facts: string[] = [];
    if (hostOf !== null && hostOf.length > 0) {
      if (!hostOf.includes(environment)) {
        return fail('other-host', `${host} is a ${hostOf.join(' and ')} host.`, [control.call], {
          expected: environment,
          measured: hostOf.join(' and '),
        });
      }
      // A host that serves both tells nothing.
      if (hostOf.length === 1) facts.push(`${host} is a ${environment} host`);
    }
    if (keyPrefixOf !== null && keyPrefixOf.length > 0) {
      if (!keyPrefixOf.includes(environment)) {
        return fail('other-key', `The key begins like a ${keyPrefixOf.join(' and ')} key.`, [control.call], {
          expected: environment,
          measured: keyPrefixOf.join(' and '),
        });
      }
      facts.push(`the key begins like a ${environment} key`);
    }
    const { environments } = contract;
    const promised = environments?.[environment]?.shown;
    if (environments?.shownAt !== undefined && promised !== undefined) {
      const noControl = withoutControl(control.call);
      if (noControl !== null) return noControl;
      const shown = getPointer(jsonOf(control.call), environments.shownAt);
      if (!isDeepStrictEqual(shown, promised)) {
        return fail(
          'other-environment',
          `The answer says ${JSON.stringify(shown) ?? 'nothing'} at ${environments.shownAt}.`,
          [control.call],
          { expected: JSON.stringify(promised), measured: JSON.stringify(shown) ?? 'nothing' },
        );
      }
      facts.push(`the answer says ${environments.shownAt} = ${JSON.stringify(shown)}`);
    }
    if (facts.length > 0) return pass('agrees', `${facts.join(', ')}: ${environment}.`, [control.call]);
    if (environments === undefined)
      return notApplicable('unset', 'Applies with contract.environments (keyPrefixes, hosts or shownAt).');
    const shared = hostOf !== null && hostOf.length > 1;
    return inconclusive(
      'unknown',
      shared
        ? `${host} serves both environments, and the key begins like those of neither (contract.environments.*.keyPrefixes).`
        : `Neither the key nor ${host} is among those that contract.environments names.`,
    );
  },
});
