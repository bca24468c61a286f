// What validates piece by piece and still cannot be meant, of the receiver and of how events are signed.
import { schemeOf } from '../webhook/schemes.js';
import { secretBytes, UnusableSecret } from '../webhook/sign.js';
import { isLoopback } from './environments.js';
import type { Complaint } from './issues.js';
import type { Contract, Webhook } from './schema.js';
import { quoted } from './shown.js';

export function contradictionsOfWebhook(webhook: Webhook | undefined, contract: Contract): Complaint[] {
  if (webhook === undefined) return [];
  return [...inUrl(webhook), ...inCommand(webhook), ...inScheme(webhook, contract), ...inSecrets(webhook, contract)];
}

/** Events carry signatures that a receiver believes: nobody else is to get them. */
function inUrl({ url, allowRemote }: Webhook): Complaint[] {
  const path = ['webhook', 'url'];
  const place = URL.canParse(url) ? new URL(url) : null;
  if (place === null || !/^https?:$/.test(place.protocol))
    return [{ path, text: `found ${quoted(url)}; expected an http:// or https:// URL` }];
  if (isLoopback(place.hostname) || allowRemote === true) return [];
  return [
    {
      path,
      text: `found a host that is not this machine (${place.hostname}); expected a loopback address, or webhook.allowRemote: true`,
    },
  ];
}

/** What runs already can be given no variable. */
function inCommand({ command, baseUrlEnv }: Webhook): Complaint[] {
  if (baseUrlEnv === undefined || command !== undefined) return [];
  return [
    {
      path: ['webhook', 'baseUrlEnv'],
      text: `found ${quoted([baseUrlEnv].flat().join(', '))} without webhook.command; expected the command that starts your receiver`,
    },
  ];
}

const MEMBER = /^contract\.webhook\.(\w+)(.*)$/s;

/** Where nothing at all is said of signatures, no check applies, and each says so. */
function inScheme({ event }: Webhook, { webhook = {} }: Contract): Complaint[] {
  const scheme = schemeOf(webhook, event);
  if (typeof scheme !== 'string' || (webhook.scheme === undefined && webhook.header === undefined)) return [];
  const [, member = 'scheme', rest = ''] = MEMBER.exec(scheme) ?? [];
  const written: unknown = Object.entries(webhook).find(([name]) => name === member)?.[1];
  const found = written === undefined ? 'missing' : `found ${quoted(String(written))}`;
  return [{ path: ['contract', 'webhook', member], text: `${found}; expected ${member}${rest}` }];
}

function inSecrets({ secret, event }: Webhook, contract: Contract): Complaint[] {
  const scheme = schemeOf(contract.webhook, event);
  if (secret === undefined || typeof scheme === 'string') return [];
  const all = [secret].flat();
  return all.flatMap((one, at): Complaint[] => {
    try {
      secretBytes(scheme, one);
      return [];
    } catch (error) {
      if (!(error instanceof UnusableSecret)) throw error;
      // Never with its value.
      const path = ['webhook', 'secret', ...(typeof secret === 'string' ? [] : [at])];
      return [{ path, text: `${error.message}` }];
    }
  });
}
