// Good events: as the provider sends them, and in odd forms.
import type { Sample } from '../delivery.js';
import { delivery, draftOf, foreignSignature, goodSignature, signed } from '../draft.js';
import { type Event, eventOf } from '../event.js';
import { escaped, reversed, spaced, withMember } from '../forms.js';
import type { Scheme } from '../scheme.js';
import { sign } from '../sign.js';
import type { Vector } from '../vector.js';
import { always, withFurther, withType } from './applies.js';

const LARGE_BYTES = 1024 * 1024;
const LINE = 'a line of a large event. ';

export const VALID: Vector = {
  id: 'valid',
  group: 'valid',
  says: 'an event as the provider sends it',
  expected: 'accepted',
  missing: always,
  deliveries: (scheme, sample) => [signed(scheme, sample, draftOf(scheme, sample))],
};

/** The same event in another writing, signed as it is written. */
function form(id: string, says: string, write: (event: Event) => string): Vector {
  return {
    id,
    group: 'forms',
    says,
    expected: 'accepted',
    missing: always,
    deliveries: (scheme, sample) => [
      signed(scheme, sample, draftOf(scheme, sample, { body: write(eventOf(scheme, sample)) })),
    ],
  };
}

export const FORMS: readonly Vector[] = [
  form('odd-spacing', 'blanks, tabs and line breaks between its members', spaced),
  form('other-member-order', 'its members in reverse order', (event) => JSON.stringify(reversed(event))),
  form('escaped-characters', 'letters written as \\u0065, slashes as \\/', escaped),
  form('non-ascii-text', 'text beyond ASCII', (event) => withMember(event, '"caf\u00e9 \u6f22\u5b57 \u{1f980}"')),
  form('escaped-non-ascii', 'text beyond ASCII, written as \\u00e9', (event) => withMember(event, '"caf\\u00E9 \\/"')),
  form('long-integer', '2^53+1, which a JavaScript number does not hold', (event) =>
    withMember(event, '9007199254740993'),
  ),
  form('odd-numbers', 'numbers written as 1.0 and 1e2', (event) => withMember(event, '[1.0,1e2,-0,0.10]')),
  form('empty-lists', 'empty lists and maps', (event) =>
    withMember(event, '{"list":[],"map":{},"text":"","none":null}'),
  ),
  form('repeated-members', 'a member that stands twice', (event) => withMember(event, '1,"golive_check":2')),
  form('trailing-newline', 'a line break behind it', (event) => `${JSON.stringify(event)}\n`),
  {
    id: 'header-names-in-capitals',
    group: 'forms',
    says: 'header names in capitals',
    expected: 'accepted',
    missing: always,
    deliveries: (scheme, sample) =>
      VALID.deliveries(scheme, sample).map((made) => ({
        ...made,
        headers: made.headers.map(([name, value]) => [name.toUpperCase(), value] as const),
      })),
  },
];

type Signer = (scheme: Scheme, sample: Sample, draft: ReturnType<typeof draftOf>) => readonly string[];

function rotation(id: string, says: string, expected: Vector['expected'], signer: Signer): Vector {
  return {
    id,
    group: 'rotation',
    says,
    expected,
    missing: withFurther,
    deliveries(scheme, sample) {
      const draft = draftOf(scheme, sample);
      return [delivery(scheme, draft, signer(scheme, sample, draft))];
    },
  };
}

export const ROTATION: readonly Vector[] = [
  rotation('second-signature-valid', 'two signatures, of which the second is valid', 'accepted', (...by) => [
    foreignSignature(by[0], by[2]),
    goodSignature(...by),
  ]),
  rotation('first-signature-valid', 'two signatures, of which the first is valid', 'accepted', (...by) => [
    goodSignature(...by),
    foreignSignature(by[0], by[2]),
  ]),
  rotation('both-signatures-wrong', 'two signatures, both with secrets of somebody else', 'refused', (...by) => [
    foreignSignature(by[0], by[2]),
    foreignSignature(by[0], by[2], 'a second secret of somebody else'),
  ]),
  {
    id: 'second-secret',
    group: 'rotation',
    says: 'a signature with the second of your secrets',
    expected: 'accepted',
    missing: (_, secrets = []) => (secrets.length < 2 ? 'webhook.secret is not a list of two' : null),
    deliveries(scheme, sample) {
      const draft = draftOf(scheme, sample);
      return [delivery(scheme, draft, [sign(scheme, sample.secrets[1] ?? '', draft)])];
    },
  },
];

export const UNKNOWN_TYPES: readonly Vector[] = [
  {
    id: 'unknown-type',
    group: 'unknown types',
    says: 'an event of a type that is not known',
    expected: 'accepted',
    missing: withType,
    deliveries: (scheme, sample) => [signed(scheme, sample, draftOf(scheme, sample, { type: 'golive_check.unknown' }))],
  },
];

export const SLOW: readonly Vector[] = [
  {
    id: 'slow-effect',
    group: 'slow effects',
    says: 'an event whose work takes long',
    expected: 'accepted',
    missing: always,
    deliveries: (scheme, sample) => VALID.deliveries(scheme, { ...sample, event: sample.slow ?? sample.event }),
  },
];

export const LARGE: readonly Vector[] = [
  {
    id: 'large-body',
    group: 'large',
    says: 'an event of 1 MiB',
    expected: 'answered',
    missing: always,
    deliveries(scheme, sample) {
      const event = eventOf(scheme, sample);
      const left = LARGE_BYTES - Buffer.byteLength(withMember(event, '""'));
      const body = withMember(event, `"${LINE.repeat(Math.ceil(left / LINE.length)).slice(0, Math.max(0, left))}"`);
      return [signed(scheme, sample, draftOf(scheme, sample, { body }))];
    },
  },
];
