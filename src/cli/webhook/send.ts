// `webhook send`: one vector to a receiver, by hand.
import { isLoopback } from '../../config/environments.js';
import { didYouMean } from '../../config/issues.js';
import { quoted } from '../../config/shown.js';
import { notSet } from '../../config/unset.js';
import { UserError } from '../../errors.js';
import { receptionOf } from '../../evidence/events.js';
import { EXIT } from '../../exit.js';
import { createRedactor } from '../../redaction/redact.js';
import { clean } from '../../report/text/sanitize.js';
import { formsOf } from '../../webhook/secret-forms.js';
import type { Vector } from '../../webhook/vector.js';
import { deliveriesOf, VECTORS } from '../../webhook/vectors.js';
import type { Flags } from '../flags.js';
import type { CommandResult } from '../result.js';
import { type Answer, deliver } from './deliver.js';
import { type Subject, sampleFor, subjectOf } from './subject.js';

const LONGEST_SHOWN = 200;

/** 0: as a sound receiver answers; 1: otherwise; 3: no answer. */
export async function send(id: string, flags: Flags<'webhook send'>): Promise<CommandResult> {
  const vector = vectorOf(id);
  const subject = await subjectOf(flags);
  const url = urlOf(flags, subject);
  const { scheme } = subject;
  const secrets = subject.secrets?.values;
  if (secrets === undefined) throw await noSecret(subject);
  const missing = vector.missing(scheme, secrets);
  if (missing !== null)
    throw new UserError('not-applicable', `webhook send: ${id} does not apply under ${scheme.name}: ${missing}`);

  const made = deliveriesOf(vector, scheme, sampleFor(subject, id, { secrets, url: url.href, nowMs: Date.now() }));
  const answers: Answer[] = [];
  if (vector.atOnce === true)
    answers.push(...(await Promise.all(made.map((one) => deliver(url, one, flags.allowRemote === true)))));
  else for (const one of made) answers.push(await deliver(url, one, flags.allowRemote === true));

  const redactor = createRedactor(
    secrets
      .flatMap((value) => [value, ...formsOf(scheme, value)])
      .map((value) => ({ name: subject.secrets?.from ?? '', value, kind: 'credential' })),
  );
  const lines = answers.map(
    ({ status, text, tookMs }) =>
      `${status ?? 'no answer'} in ${Math.round(tookMs)} ms  ${shown(redactor.redact(text).text)}`,
  );
  const isSound = answers.every(({ status }) => status !== null && isExpected(vector, status, subject));
  const isAnswered = answers.every(({ status }) => status !== null);
  const verdict = isSound ? 'as a sound receiver answers' : `expected: ${expectation(vector, subject)}`;
  return {
    code: isSound ? EXIT.go : isAnswered ? EXIT.noGo : EXIT.undecided,
    stdout: `${[`${id}: ${vector.says}`, ...lines.map((line) => line.trimEnd()), verdict].join('\n')}\n`,
  };
}

async function noSecret({ unset: [name], places }: Subject): Promise<UserError> {
  return name === undefined
    ? new UserError(
        'no-secret',
        'webhook send: nothing says what events are signed with; expected --secret-env with the name of an environment variable, or webhook.secret in the config',
      )
    : new UserError('no-secret', `webhook.secret: ${await notSet(name, places)}`);
}

function vectorOf(id: string): Vector {
  const vector = VECTORS.find((one) => one.id === id);
  if (vector !== undefined) return vector;
  const known = VECTORS.map((one) => one.id);
  throw new UserError(
    'unknown-vector',
    `webhook send: found ${quoted(id)}; expected the id of a vector${didYouMean(id, known)}`,
    'see them all with: golive-check webhook vectors',
  );
}

function urlOf({ url, allowRemote }: Flags<'webhook send'>, subject: Subject): URL {
  const place = url === undefined ? 'webhook.url' : '--url';
  const written = url ?? subject.url;
  if (written === null)
    throw new UserError(
      'no-url',
      'webhook send: nothing says where your receiver is; expected --url, or webhook.url in the config',
    );
  const parsed = URL.canParse(written) ? new URL(written) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
    throw new UserError(
      'bad-url',
      `${place}: found ${quoted(written)}; expected an http:// or https:// URL without user and password`,
    );
  parsed.hash = '';
  if (allowRemote !== true && !isLoopback(parsed.hostname))
    throw new UserError(
      'remote-url',
      `${place}: found the host ${quoted(parsed.hostname)}; expected one of this machine, such as 127.0.0.1`,
      'to send events to it nevertheless, add --allow-remote',
    );
  return parsed;
}

function isExpected({ expected, group }: Vector, status: number, { contract }: Subject): boolean {
  const isPlainRead = group === 'plain reads';
  const reception = receptionOf(status, isPlainRead ? undefined : contract.refused);
  if (expected === 'answered') return reception !== 'threw';
  return reception === expected || (isPlainRead && reception === 'no-route');
}

function expectation({ expected, group }: Vector, { contract }: Subject): string {
  if (expected === 'accepted') return 'accepted, with a 2xx';
  if (expected === 'answered') return 'any answer but a 5xx';
  if (group === 'plain reads') return 'refused, with any 4xx';
  return `refused, with ${contract.refused?.join(' or ') ?? 'a 4xx other than 404, 405 and 429'}`;
}

function shown(text: string): string {
  const line = clean(text);
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
