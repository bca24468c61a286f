// What a log-in sends stands in the contract, and the contract in the evidence file: the credentials must not.
import { expect, it } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import { evidenceFile, runTarget } from '../../src/pipeline.js';
import { writeEvidence } from '../../src/report/evidence-file/file.js';
import { httpAnswer, startPeer } from '../helpers/peer.js';

it('the credentials of a log-in reach no evidence file and no report', async () => {
  const peer = await startPeer((socket) => socket.write(httpAnswer('401 Unauthorized', '{"errorCode":"AUTH.0001"}')));
  try {
    const environment = { KILLB_EMAIL: 'canary.person@example.com', KILLB_PASSWORD: 'p4ss/w0rd+canary' };
    const raw = { extends: 'killb', endpoint: { url: `${peer.origin}/api/v2` } };
    const source = { file: '/nowhere/golive-check.json', raw, placeOf: async () => null };
    const [target] = await resolveSource(source, { cwd: '/nowhere', environment });
    if (target === undefined) throw new Error('no target');
    expect(target.contract.auth.login?.body).toEqual({
      email: environment.KILLB_EMAIL,
      password: environment.KILLB_PASSWORD,
    });
    const { report, evidence } = await runTarget(target, {
      selection: { only: ['accepts-valid-key', 'rejects-missing-key'], skip: [] },
      failOn: 'major',
      seed: 1,
      liveWritesTo: null,
      concurrency: 4,
      environment: {},
      signal: new AbortController().signal,
    });
    const stored = writeEvidence(evidenceFile([evidence])) + JSON.stringify(report);
    for (const value of Object.values(environment))
      for (const form of [value, encodeURIComponent(value), Buffer.from(value).toString('base64')])
        expect(stored).not.toContain(form);
    expect(stored).toContain('/auth/login');
  } finally {
    await peer.close();
  }
});
