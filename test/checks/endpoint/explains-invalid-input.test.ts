import check from '../../../src/checks/endpoint/explains-invalid-input.js';
import { create, type ExchangeInput } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...calls: [field: string | null, answer: ExchangeInput][]) => ({
  'endpoint.invalid-input': {
    calls: calls.map(([field, answer], at) => ({
      status: 422,
      field,
      call: create({ id: `invalid-input.${422 + at}`, status: 422, ...answer }),
    })),
  },
});
const says = (detail: string): ExchangeInput => ({ json: { title: 'Invalid', detail } });

judgeCases(check, {
  accepted: [
    { outcome: 'fail', evidence: evidence(['amount', { status: 201 }]), says: /should fail with 422 was answered 201/ },
    {
      outcome: 'fail',
      evidence: evidence(['amount', says('amount is negative')], [null, { status: 202 }]),
      name: 'one of two',
    },
  ],
  'other-answer': [
    {
      outcome: 'fail',
      evidence: evidence(['amount', { status: 500, text: 'Error: amount must be positive' }]),
      says: /answered 500/,
      name: 'a crash explains nothing, whatever it names',
    },
    { outcome: 'fail', evidence: evidence([null, { status: 302 }]), name: 'a redirect' },
  ],
  'not-examined': [
    {
      outcome: 'inconclusive',
      evidence: evidence(['amount', { status: 403, json: {} }]),
      says: /answered 403: nothing/,
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(['amount', says('amount')], ['sku', { status: 404 }]),
      name: 'one of two',
    },
  ],
  unset: [
    { outcome: 'not-applicable', evidence: evidence([null, says('amount is negative')]) },
    { outcome: 'not-applicable', evidence: evidence(), name: 'no sample at all' },
  ],
  named: [
    {
      outcome: 'pass',
      evidence: evidence(['amount', { json: { errors: [{ field: 'amount', code: 'too_small' }] } }]),
      says: /422 names amount/,
    },
    {
      outcome: 'pass',
      evidence: evidence(['amount', { json: { errors: { amount: ['too small'] } } }]),
      name: 'as a member',
    },
    {
      outcome: 'pass',
      evidence: evidence(['größe', { text: String.raw`{"errors":[{"field":"gr\u00f6\u00dfe"}]}` }]),
      name: 'in escapes of JSON',
    },
    { outcome: 'pass', evidence: evidence(['amount', says("'amount' must be positive")]), name: 'in prose' },
    { outcome: 'pass', evidence: evidence(['amount', { json: { errors: { Amount: ['min'] } } }]), name: 'capitalised' },
    {
      outcome: 'pass',
      evidence: evidence(['/items/0/face_value', says('items[0].face_value')]),
      name: 'by its pointer',
    },
    { outcome: 'pass', evidence: evidence(['items.0', says('items has too few')]), name: 'an index names no field' },
    { outcome: 'pass', evidence: evidence(['amount', { status: 400, text: 'amount: invalid' }]), name: 'not in JSON' },
    {
      outcome: 'pass',
      evidence: evidence(['amount', says('amount')], [null, says('other')]),
      name: 'a sample without a field is not asked for one',
    },
  ],
  unnamed: [
    { outcome: 'fail', evidence: evidence(['amount', says('Invalid input.')]), says: /does not name the field amount/ },
    { outcome: 'fail', evidence: evidence(['amount', says('no amounts given')]), name: 'part of another word' },
    { outcome: 'fail', evidence: evidence(['amount', says('face_amount is wrong')]), name: 'part of another name' },
    { outcome: 'fail', evidence: evidence(['amount', { json: undefined }]), name: 'no body' },
    { outcome: 'fail', evidence: evidence(['a.b', says('axb is wrong')]), name: 'a dot is no wildcard' },
    { outcome: 'fail', evidence: evidence(['/items/0', says('count is 0')]), name: 'a lone digit names no item' },
    {
      outcome: 'fail',
      evidence: evidence(['amount', says('amount')], ['sku', says('amount')]),
      name: 'one of two fields',
    },
    {
      outcome: 'fail',
      evidence: evidence(['amount', { status: 403, expected: [403], json: {} }]),
      name: 'a 403 as expected',
    },
    {
      outcome: 'fail',
      evidence: evidence(['amount', { status: 401, json: {} }], ['sku', says('Invalid input.')]),
      name: 'beside one that was not examined',
    },
  ],
});
