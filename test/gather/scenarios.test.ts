import { describe, expect, it } from 'vitest';
import { chooseScenario } from '../../src/cli/choose-scenario.js';
import { resolveSource } from '../../src/config/load.js';
import { FOLLOWING, laneWords, scenarioWord } from '../../src/evidence/scenario-word.js';
import { scenariosFor } from '../../src/gather/scenarios.js';
import { laneName } from '../../src/lanes/listener.js';
import { planTarget } from '../../src/pipeline.js';
import { readScript, scriptOf, step } from '../../src/proxy/arm.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { DEFAULT_DIALECT } from '../../src/sandbox/dialect.js';
import { generateKeys } from '../../src/sandbox/keys.js';
import { lane } from '../helpers/lane.js';

const environment = sandboxVariables(generateKeys(DEFAULT_DIALECT.auth.keyPrefixes));

async function scenarios(client: object = {}) {
  const { client: usual, ...raw } = sandboxConfig({ url: 'http://127.0.0.1:9/v1', client: 'client.mjs' }) as {
    client: object;
  };
  const source = { raw: { ...raw, client: { ...usual, ...client } }, file: 'test.json', placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: process.cwd(), environment });
  if (target?.config.client === undefined) throw new Error('no client');
  const settings = { selection: { only: [], skip: [] }, seed: 1, liveWritesTo: null, state: null };
  return scenariosFor(await planTarget(target, settings), target.config.client);
}

describe('the scenarios of a run', () => {
  it('are known without a run, each by a word of its own', async () => {
    const { known } = await scenarios();
    expect(new Set(known.map(({ word }) => word)).size).toBe(known.length);
    expect(known.map(({ word }) => word)).toEqual(
      expect.arrayContaining(['control.no-fault', 'server-errors.503', 'list.workload-list', 'crash.a-crash']),
    );
    for (const { word, scenario } of known) expect(scenarioWord(laneName(scenario))).toBe(word);
  });

  it('that follow from what the client did are known as such', async () => {
    const { following } = await scenarios();
    expect(new Set(following)).toEqual(new Set([...FOLLOWING].map((group) => `client.${group}`)));
  });

  it('need what their probe needs', async () => {
    const { known, lacking } = await scenarios({ durable: false });
    expect(known.some(({ key }) => key === 'client.crash')).toBe(false);
    expect(lacking.find(({ key }) => key === 'client.crash')?.missing).toBe('client.durable: true');
  });
});

describe('a scenario is meant by', () => {
  it.each([
    ['its word', 'server-errors.503', 'server-errors.503'],
    ['the id of an attempt in a report', 'server-errors.503.2#3', 'server-errors.503'],
    ['its label', 'answer lost', 'lost-response.answer-lost'],
    ['a check, whose first one it is', 'keeps-key-across-retries', 'server-errors.500'],
    ['a check of the run without faults', 'completes-without-faults', 'control.no-fault'],
  ])('%s', async (_, asked, word) => expect(chooseScenario(asked, null, await scenarios()).word).toBe(word));

  it.each([
    ['server-erors.503', /did you mean "server-errors.503"/],
    ['survives-lost-respons', /did you mean "survives-lost-response"/],
    ['503', /several scenarios: .*server-errors.503/],
    ['outage.503-for-good', /give --script/],
  ])('no other word: %s', async (word, problem) => {
    const all = await scenarios();
    expect(() => chooseScenario(word, null, all)).toThrow(problem);
  });

  it('nothing that the config lacks', async () => {
    const all = await scenarios({ durable: false });
    expect(() => chooseScenario('resumes-with-same-key-after-crash', null, all)).toThrow('client.durable: true');
  });
});

describe('the words for a lane of a report', () => {
  it('are its name without the repeat', () => {
    expect(laneWords(lane({ label: '503', repeat: 3 }))).toEqual(['503']);
    expect(['a.b.1', 'a.b.12#7', 'a.b.2@1', 'a.b'].map(scenarioWord)).toEqual(['a.b', 'a.b', 'a.b', 'a.b']);
  });

  it.each([
    ['retry-after', scriptOf(step('status', { status: 503, headers: { 'Retry-After': '4' } }))],
    ['retry-after-dates', scriptOf(step('status', { status: 429, retryAfterDate: 3 }))],
    ['slow-response', scriptOf(step('delay', { ms: 2250 }))],
    ['outage', scriptOf(step('reset-after', {}, null))],
    ['unknown-fields', scriptOf(step('unknown-fields', { enums: ['/status'], members: 0, reorder: false }, null))],
  ])('tell the script that followed from the client: %s', async (probe, script) => {
    const run = { ...lane({ label: 'then', script: script.text }), probe };
    const [, flag, text = ''] = laneWords({ ...run, recording: { ...run.recording, lane: `${probe}.then.1` } });
    expect(flag).toBe('--script');
    const read = readScript(text);
    expect(read.steps.map(({ fault }) => fault?.params)).toEqual(script.steps.map(({ fault }) => fault?.params));
    const chosen = chooseScenario(`${probe}.then.1`, read, await scenarios());
    expect(chosen).toMatchObject({ word: `${probe}.then`, scenario: { group: probe, label: 'then', script: read } });
  });
});
