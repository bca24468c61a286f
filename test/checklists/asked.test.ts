// Which statements a target is asked for: those of its provider's lists, and no others.
import { expect, it } from 'vitest';
import { askedOf } from '../../src/checklists/asked.js';
import { CHECKLISTS } from '../../src/checklists/index.js';
import { CHECKS } from '../../src/checks/index.js';

const target = (...names: string[]) => ({ extends: names, contract: {} });

it('without a provider nothing is asked', () => {
  expect(askedOf(target('ietf'))).toEqual([]);
  expect(askedOf(target('none', './team.yaml'))).toEqual([]);
});

it('a provider asks what its lines name, and what it wants before production works', () => {
  expect(askedOf(target('securbase'))).toEqual(['rotates-keys', 'grants-least-privilege', 'has-support-runbook']);
  expect(askedOf(target('print-one'))).toEqual(['suppresses-duplicates-on-purpose']);
  expect(askedOf(target('runa'))).toEqual([
    'stores-secrets-in-a-manager',
    'restricts-addresses',
    'follows-the-changelog',
    'completes-provider-onboarding',
  ]);
  expect(askedOf(target('killb')).length).toBe(20);
});

it('behind a layer of a team the contract tells whose list it is', () => {
  expect(askedOf({ extends: ['./team.yaml'], contract: { name: 'securbase' } })).toContain('rotates-keys');
});

it('some list asks for each attestation', () => {
  const asked = new Set(CHECKLISTS.flatMap(({ provider }) => askedOf(target(provider))));
  expect(CHECKS.filter(({ kind, id }) => kind === 'attestation' && !asked.has(id))).toEqual([]);
});
