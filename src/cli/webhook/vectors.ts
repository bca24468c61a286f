// `webhook vectors`: every vector under one scheme, for tests in any language.
import { EXIT } from '../../exit.js';
import { renderVectors } from '../../views/vectors.js';
import { publicKeyOf, secretFrom } from '../../webhook/sign.js';
import { deliveriesOf, VECTORS } from '../../webhook/vectors.js';
import type { Flags } from '../flags.js';
import type { CommandResult } from '../result.js';
import { renderOptions } from '../terminal.js';
import { type Subject, sampleFor, subjectOf } from './subject.js';

/** Nothing is sent there; some schemes sign it. */
const USUAL_URL = 'http://127.0.0.1:3000/webhooks';
const TEST_SECRETS = ['golive-check: a secret for tests', 'golive-check: a second secret for tests'];

export async function vectors(flags: Flags<'webhook vectors'>): Promise<CommandResult> {
  const subject = await subjectOf(flags);
  const url = flags.url ?? subject.url ?? USUAL_URL;
  if (flags.json === true)
    return {
      code: EXIT.go,
      stdout: `${JSON.stringify(exported(subject, url), null, 2)}\n`,
      ...(subject.secrets === null ? {} : { stderr: warning(subject.secrets.from) }),
    };
  const { scheme, secrets } = subject;
  const rows = VECTORS.map((vector) => ({ vector, missing: vector.missing(scheme, valuesOf(subject, secrets)) }));
  return { code: EXIT.go, stdout: renderVectors(scheme.name, rows, renderOptions(flags)) };
}

function valuesOf({ scheme }: Subject, secrets: Subject['secrets']): readonly string[] {
  return secrets?.values ?? TEST_SECRETS.map((words) => secretFrom(scheme, words));
}

function warning(from: string): string {
  return `golive-check: these events are signed with ${from}: whoever has them can send them to your receiver\n`;
}

/** A secret is shown only where it is one of ours, made for tests. */
function exported(subject: Subject, url: string): unknown {
  const { scheme } = subject;
  const nowMs = Date.now();
  const secrets = valuesOf(subject, subject.secrets);
  const publicKeys = secrets.map((secret) => publicKeyOf(scheme, secret)).filter((key) => key !== null);
  return {
    scheme,
    signedWith: subject.secrets?.from ?? 'test secrets',
    secrets: subject.secrets === null ? secrets : null,
    ...(publicKeys.length === 0 ? {} : { publicKeys }),
    url,
    nowMs,
    vectors: VECTORS.map((vector) => {
      const { id, group, says, expected } = vector;
      const missing = vector.missing(scheme, secrets);
      const deliveries = deliveriesOf(vector, scheme, sampleFor(subject, id, { secrets, url, nowMs }));
      return { id, group, says, expected, missing, atOnce: vector.atOnce === true, deliveries };
    }),
  };
}
