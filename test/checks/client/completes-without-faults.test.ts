import check from '../../../src/checks/client/completes-without-faults.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { facts, type LaneInput, runs } from '../../helpers/lane.js';

const evidence = (...inputs: LaneInput[]) => ({ 'client.control': runs(...inputs), 'client.facts': facts() });

judgeCases(check, {
  succeeded: [
    { outcome: 'pass', evidence: evidence({}, { repeat: 2 }), says: /2 runs without faults, each with exit 0/ },
    {
      outcome: 'pass',
      evidence: evidence({ attempts: [{ target: false, method: 'GET' }, {}], output: 'warning: deprecated' }),
      name: 'a read before the create',
    },
  ],
  failed: [
    {
      outcome: 'fail',
      evidence: evidence({
        exitCode: 1,
        otherHosts: [{ authority: 'localhost:9200', route: 'passed', calls: 1 }],
      }),
      name: 'after a call to another host that was let through',
    },
    {
      outcome: 'fail',
      evidence: evidence({}, { repeat: 2, exitCode: 2, output: 'starting\nTypeError: x is not a function.\n' }),
      says: /exit 2: TypeError: x is not a function\.$/,
    },
    { outcome: 'fail', evidence: evidence({ exitCode: 1 }), says: /exit 1\.$/, name: 'it said nothing' },
    {
      outcome: 'fail',
      evidence: evidence({ attempts: [{ target: false, operation: 'log-in' }, {}], exitCode: 1 }),
      name: 'after another call, whose answer is configured',
    },
    {
      outcome: 'fail',
      evidence: evidence({ exitCode: 1, output: '\u001b[31mfailed\u001b[0m\rgave\tup\u0007' }),
      says: /exit 1: gave up\.$/,
      name: 'colours and control characters in the output',
    },
    { outcome: 'fail', evidence: evidence({ signal: 'SIGSEGV' }), says: /SIGSEGV/ },
    { outcome: 'fail', evidence: evidence({ ended: 'patience', durationMs: 60_100 }), says: /after 60 s/ },
  ],
  'unnamed-call': [
    {
      outcome: 'inconclusive',
      evidence: evidence({
        attempts: [{ target: false, operation: 'other', method: 'GET', url: '/v1/customers/1?x=1' }, {}],
        exitCode: 1,
        output: 'no such customer',
      }),
      says: /exit 1: no such customer\. Before that it called GET \/v1\/customers\/1, which endpoint\.operations does not name, so our stub's answer \(201\)/,
    },
  ],
  'guessed-answer': [
    {
      outcome: 'inconclusive',
      evidence: { ...evidence({ exitCode: 1 }), 'client.facts': facts({ guessed: true }) },
      says: /set endpoint\.operations\.create\.answer/,
    },
  ],
  'host-refused': [
    {
      outcome: 'inconclusive',
      evidence: evidence({
        exitCode: 1,
        otherHosts: [{ authority: 'login.example.com:443', route: 'refused', calls: 2 }],
      }),
      says: /login\.example\.com:443 .*client\.passThrough/,
    },
  ],
  'other-operation': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ attempts: [{ target: false, method: 'GET', url: '/v1/ping?x=1' }] }),
      says: /GET \/v1\/ping,/,
    },
  ],
  interrupted: [{ outcome: 'inconclusive', evidence: evidence({}, { repeat: 2, attempts: [], ended: 'interrupted' }) }],
});
