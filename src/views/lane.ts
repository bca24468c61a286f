// What `golive-check lane` says: the scenarios that there are, and how to use the one that is served.
import type { Scenarios } from '../gather/scenarios.js';
import type { Scenario } from '../lanes/scenario.js';
import { LEGEND } from './attempts.js';

export function renderScenarios({ known, lacking }: Scenarios): string {
  const rows = known.map(({ word, scenario }) => [word, met(scenario)] as const);
  const width = Math.max(0, ...rows.map(([word]) => word.length));
  return [
    'Scenarios, and what each attempt meets:',
    ...rows.map(([word, script]) => `  ${word.padEnd(width)}  ${script}`),
    ...(lacking.length === 0 ? [] : ['', 'Not with this config:']),
    ...lacking.map(({ says, missing }) => `  ${says}: needs ${missing}`),
    '',
  ].join('\n');
}

export interface Serving {
  word: string;
  scenario: Scenario;
  url: string;
  /** The client is told of a proxy instead of a base URL. */
  isProxy: boolean;
  /** To be set by hand. null: a secret value. */
  environment: readonly (readonly [name: string, value: string | null])[];
  /** What a run would start. */
  command: string | null;
  /** Whether faults meet the operation alone. */
  isAimed: boolean;
}

export function renderServing(serving: Serving): string {
  const { word, scenario, url, isProxy, environment, command, isAimed } = serving;
  return [
    `${word} is served on ${url}${isProxy ? ', as an HTTP proxy' : ''}. Each attempt meets: ${met(scenario)}`,
    ...(isAimed ? [] : ['The operation of your client is not in endpoint.operations, so faults meet every call.']),
    ...(environment.length === 0 ? [] : ['Start your client with:']),
    ...environment.map(([name, value]) =>
      value === null ? `# ${name}, as in the config` : `export ${name}=${shellWord(value)}`,
    ),
    ...(command === null ? [] : [`A run starts: ${command}`]),
    ...(scenario.crashAfterMs === null
      ? []
      : [
          `A run kills the client ${scenario.crashAfterMs} ms after its first attempt and starts it again (see --run).`,
        ]),
    `${LEGEND} The script does not begin anew: start this command once for each run of your client. Stop it with Ctrl-C.`,
    '',
  ].join('\n');
}

function met({ script, certificate }: Scenario): string {
  const tls = certificate === 'good' ? '' : ` (certificate: ${certificate})`;
  return `${script?.text ?? 'no fault'}${tls}`;
}

function shellWord(value: string): string {
  return /^[\w./:@%+=,-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
