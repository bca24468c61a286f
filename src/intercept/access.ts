// Who may use an intercepting proxy: whoever shows the user and password of its lane, which stand in the proxy's URL.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createRedactor, type Redactor } from '../redaction/redact.js';

/** What one lane asks of whoever calls its proxy. */
export interface Access {
  /** The proxy's origin, with user and password where they are asked for. */
  proxyUrl(origin: string): string;
  /** By the value of Proxy-Authorization; absent: everybody is let in. */
  admits?: (authorization: string | undefined) => boolean;
}

export interface RunAccess {
  /** Another one for each lane. */
  issue(): Access;
  /** Hides what was issued, also what will be. */
  hide(redactor: Redactor): Redactor;
}

export const OPEN_ACCESS: Access = { proxyUrl: (origin) => origin };

const NAME = 'intercepting proxy';
const MARK_BYTES = 8;
const USER_BYTES = 4;
const PASSWORD_BYTES = 16;

export function createRunAccess(): RunAccess {
  // Begins every user and password of the run: one look tells that a text names none of hundreds of lanes.
  const mark = randomBytes(MARK_BYTES).toString('hex');
  const marked = redactorOf([mark]);
  const issued: string[] = [];
  let known = { of: 0, redactor: redactorOf([]) };

  function current(): Redactor {
    if (known.of !== issued.length) known = { of: issued.length, redactor: redactorOf(issued) };
    return known.redactor;
  }

  return {
    issue() {
      // Digits and letters alone: no client can escape them wrongly.
      const user = mark + randomBytes(USER_BYTES).toString('hex');
      const password = mark + randomBytes(PASSWORD_BYTES).toString('hex');
      issued.push(user, password);
      const expected = Buffer.from(`${user}:${password}`);
      return {
        proxyUrl(origin) {
          const url = new URL(origin);
          Object.assign(url, { username: user, password });
          return url.href.replace(/\/$/, '');
        },
        admits: (authorization) => isEqual(credentialsIn(authorization), expected),
      };
    },
    hide: (inner) => ({
      redact(text) {
        const whole = marked.redact(text).text === text ? text : marked.redact(current().redact(text).text).text;
        return inner.redact(whole);
      },
      register: (secret) => inner.register(secret),
      get longest() {
        return Math.max(inner.longest, current().longest);
      },
      get names() {
        return inner.names;
      },
    }),
  };
}

/** They open nothing beyond the run, so their echo is no finding: they are only hidden. */
function redactorOf(values: readonly string[]): Redactor {
  return createRedactor(values.map((value) => ({ name: NAME, value, kind: 'value' })));
}

function credentialsIn(authorization = ''): Buffer {
  return Buffer.from(/^basic +([a-z0-9+/=]+) *$/i.exec(authorization)?.[1] ?? '', 'base64');
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
