import check from '../../../src/checks/endpoint/rejects-malformed-bodies.js';
import type { Effect } from '../../../src/evidence/map.js';
import { counted, create, type ExchangeInput, FAILED_CONTROL, named, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const DEFECTS = ['broken JSON', 'wrong content type', 'empty body'] as const;

function evidence(
  answers: readonly [ExchangeInput, ExchangeInput, ExchangeInput],
  effect: Effect = counted(0),
  control = read(),
) {
  return {
    'endpoint.malformed-bodies': {
      cases: DEFECTS.map((defect, at) => ({
        defect,
        call: create({ id: `malformed-bodies.${defect.replaceAll(' ', '-')}`, json: undefined, ...answers[at] }),
      })),
      effect,
    },
    'endpoint.authenticated': control,
  };
}
const [bad, unsupported] = [{ status: 400 }, { status: 415 }];
const [away, gone] = [{ status: 403 }, { status: 404 }];

judgeCases(check, {
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence([bad, bad, bad], counted(0), FAILED_CONTROL) }],
  refused: [
    { outcome: 'pass', evidence: evidence([bad, unsupported, { status: 422 }]), says: /wrong content type: 415/ },
    { outcome: 'pass', evidence: evidence([bad, bad, bad], named([])), name: 'nothing counted' },
    {
      outcome: 'pass',
      evidence: evidence([bad, { status: 201 }, bad], counted(1)),
      says: /wrong content type: 201, which is no fault, as the body itself is whole JSON/,
      name: 'whole JSON as text is taken',
    },
    { outcome: 'pass', evidence: evidence([away, bad, bad]), name: 'one of them by what stands before the API' },
    {
      outcome: 'pass',
      evidence: evidence([
        { status: 400, text: '<h1>Bad Request</h1>', headers: { 'Content-Type': 'text/html' } },
        bad,
        bad,
      ]),
      name: 'in HTML: its shape is judged elsewhere',
    },
  ],
  'not-examined': [
    {
      outcome: 'inconclusive',
      evidence: evidence([away, { status: 201 }, gone], counted(1)),
      says: /\(403, 404\)/,
      name: 'only the body that can be read was',
    },
    { outcome: 'inconclusive', evidence: evidence([away, away, away]), says: /\(403, 403, 403\)/ },
    { outcome: 'inconclusive', evidence: evidence([gone, gone, gone]), name: 'a path where nothing is' },
  ],
  accepted: [
    {
      outcome: 'fail',
      evidence: evidence([{ status: 201 }, unsupported, bad], counted(1)),
      says: /broken JSON: answered 201/,
    },
    {
      outcome: 'fail',
      evidence: evidence([bad, { status: 201 }, { status: 200 }], counted(2)),
      says: /empty body: answered 200/,
      name: 'an empty one, beside whole JSON as text',
    },
  ],
  crashed: [
    { outcome: 'fail', evidence: evidence([{ status: 500 }, bad, bad]), says: /broken JSON: answered 500/ },
    {
      outcome: 'fail',
      evidence: evidence([bad, { status: 503 }, { status: 500 }]),
      name: 'another one was unavailable',
    },
  ],
  'created-anyway': [
    { outcome: 'fail', evidence: evidence([bad, bad, bad], counted(1)), says: /yet 1 resource exists/ },
    {
      outcome: 'fail',
      evidence: evidence([bad, { status: 201 }, bad], counted(2)),
      says: /What cannot be read was refused, yet 2 resources exist/,
      name: 'more than the body that can be read makes',
    },
  ],
  'not-answered': [
    { outcome: 'inconclusive', evidence: evidence([bad, { status: 503 }, bad]), says: /wrong content type: 503/ },
    { outcome: 'inconclusive', evidence: evidence([{ status: 429 }, bad, bad]), name: 'a limit refuses no body' },
    { outcome: 'inconclusive', evidence: evidence([bad, bad, { status: null, ended: 'timeout' }]), says: /timeout/ },
    {
      outcome: 'inconclusive',
      evidence: evidence([{ status: 400, ended: 'closed' }, bad, bad]),
      name: 'an answer that was cut short',
    },
  ],
});
