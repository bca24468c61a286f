// Which scenario a word means: its own, that of an attempt in a report, a label, or a check.
import { CHECKS } from '../checks/index.js';
import { didYouMean } from '../config/issues.js';
import { UserError } from '../errors.js';
import type { EvidenceKey } from '../evidence/map.js';
import { scenarioWord } from '../evidence/scenario-word.js';
import type { KnownScenario, Scenarios } from '../gather/scenarios.js';
import type { Scenario } from '../lanes/scenario.js';
import { scenario as plain } from '../lanes/scenario.js';
import type { Script } from '../proxy/script.js';

const LIST = 'see them all with: golive-check lane --list';

/** `script`: in place of the scenario's own. @throws UserError that names the nearest word. */
export function chooseScenario(word: string, script: Script | null, all: Scenarios): KnownScenario {
  const found = named(word, all) ?? (script === null ? null : followed(word, all));
  if (found === null) throw refused(word, all);
  return script === null ? found : { ...found, scenario: { ...found.scenario, script } };
}

function named(word: string, all: Scenarios): KnownScenario | null {
  const { known } = all;
  const direct = known.find((one) => one.word === word) ?? known.find((one) => one.word === scenarioWord(word));
  if (direct !== undefined) return direct;
  const labelled = known.filter((one) => one.scenario.label === word);
  const [only] = labelled;
  if (labelled.length > 1)
    throw new UserError(
      'several-scenarios',
      `"${word}" means several scenarios: ${labelled.map((one) => one.word).join(', ')}`,
    );
  return only ?? firstOf(word, all);
}

const CONTROL: EvidenceKey = 'client.control';

/** The first scenario that a check needs; the run without faults where no other is its own. */
function firstOf(id: string, { known, lacking }: Scenarios): KnownScenario | null {
  const needs = needsOf(id).filter((key) => key !== CONTROL);
  const own = needs.map((key) => known.find((one) => one.key === key)).find((one) => one !== undefined);
  if (own !== undefined) return own;
  const isLacking = lacking.some(({ key }) => needs.includes(key));
  return isLacking || !needsOf(id).includes(CONTROL) ? null : (known.find(({ key }) => key === CONTROL) ?? null);
}

function needsOf(id: string): readonly EvidenceKey[] {
  return CHECKS.find((check) => check.id === id)?.needs ?? [];
}

/** One that a run made for what the client had done before: its script is all that is special about it. */
function followed(word: string, { following }: Scenarios): KnownScenario | null {
  const whole = scenarioWord(word);
  const [group = ''] = whole.split('.', 1);
  const key = following.find((one) => one === `client.${group}`);
  if (key === undefined) return null;
  const scenario: Scenario = { ...plain(whole.slice(group.length + 1), null), group };
  return { word: whole, key, scenario };
}

function refused(word: string, { known, lacking, following }: Scenarios): UserError {
  const [group = ''] = word.split('.', 1);
  const unable = lacking.find(({ key }) => key === `client.${group}` || needsOf(word).includes(key));
  if (unable !== undefined)
    return new UserError('scenario-needs', `"${word}" needs ${unable.missing} in the config`, LIST);
  if (following.some((key) => key === `client.${group}`))
    return new UserError(
      'scenario-follows',
      `"${word}" follows from what your client did in a run; give --script as the report prints it`,
      LIST,
    );
  const words = [
    ...known.map((one) => one.word),
    ...CHECKS.filter(({ kind }) => kind === 'client').map(({ id }) => id),
  ];
  return new UserError('unknown-scenario', `there is no scenario "${word}"${didYouMean(word, words)}`, LIST);
}
