import check from '../../../src/checks/endpoint/accepts-longest-key.js';
import { create, named } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const LENGTH = 255;
const control = { first: create(), again: create({ id: 'replay.again', repeats: 'replay.first' }), effect: named([]) };
const evidence = (call: Parameters<typeof create>[0]) => ({
  'endpoint.longest-key': { call: create({ id: 'longest-key.call', ...call }), length: LENGTH },
  'endpoint.replay': control,
});

judgeCases(check, {
  accepted: [
    { outcome: 'pass', evidence: evidence({ status: 201 }), says: /255 characters was answered 201/ },
    { outcome: 'pass', evidence: evidence({ status: 202, json: undefined }), name: 'accepted for later' },
  ],
  refused: [
    { outcome: 'fail', evidence: evidence({ status: 400 }), says: /a shorter one works/ },
    { outcome: 'fail', evidence: evidence({ status: 500, text: 'value too long for type' }), name: 'a crash' },
    { outcome: 'fail', evidence: evidence({ status: 302, json: undefined }), name: 'a redirect is no success' },
  ],
});
