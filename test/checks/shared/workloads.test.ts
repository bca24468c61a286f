import { describe, expect, it } from 'vitest';
import { isAnswered, pathOf } from '../../../src/checks/shared/workloads.js';
import type { AttemptInput } from '../../helpers/lane.js';
import { get, workload } from '../../helpers/workloads.js';

const callOf = (url: string, more?: AttemptInput) => {
  const [call] = workload('reads', [get(url, more)]).recording.attempts;
  if (call === undefined) throw new Error('one call');
  return call;
};

describe('calls of a workload', () => {
  it.each<[string, boolean, AttemptInput]>([
    ['200', true, { status: 200 }],
    ['204', true, { status: 204 }],
    ['a redirect', false, { status: 300 }],
    ['a refusal', false, { status: 404 }],
    ['nothing', false, { status: null }],
    ['200 that the client did not wait for', false, { status: 200, ended: 'client-closed' }],
  ])('answered by %s: %s', (_, answered, more) => expect(isAnswered(callOf('/v1/things', more))).toBe(answered));

  it.each([
    ['/v1/things?page=2', '/v1/things'],
    ['https://api.example.com/v1/things?page=2', '/v1/things'],
    ['/v1/proxy/http://other.example.com/things', '/v1/proxy/http://other.example.com/things'],
  ])('%s has the path %s', (url, path) => expect(pathOf(callOf(url))).toBe(path));
});
