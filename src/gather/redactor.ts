// All secrets that one run knows from its beginning.
import { REFERENCE } from '../config/env.js';
import type { Plan } from '../plan.js';
import { basicToken } from '../probes/compose.js';
import { decoyPrefixOf, publicPrefixOf } from '../redaction/keys.js';
import { createRedactor, type Redactor } from '../redaction/redact.js';
import type { Secret } from '../redaction/secret.js';
import { schemeOf } from '../webhook/schemes.js';
import { formsOf } from '../webhook/secret-forms.js';

/** Hides the secrets of the config, in the forms in which calls carry them, and the wrong key. */
export function redactorFor({ target, api }: Plan): Redactor {
  const { endpoint } = target.config;
  const user = target.contract.auth.basic?.user;
  const secrets = target.secrets.flatMap((secret): Secret[] => {
    if (secret.kind !== 'credential') return [secret];
    const whole = { ...secret, publicPrefix: publicPrefixOf(secret.value, target.contract) };
    // With a user name the header holds more than the key: the key inside it is found by its base64 form.
    if (target.contract.auth.basic === undefined || user !== undefined) return [whole];
    return [whole, { ...whole, value: basicToken(user, secret.value), publicPrefix: '' }];
  });
  const decoy = endpoint === undefined ? null : api?.wrongKey;
  if (decoy != null)
    secrets.push({
      name: 'WRONG_KEY',
      value: decoy,
      kind: 'decoy',
      publicPrefix: decoyPrefixOf(decoy, target.contract),
    });
  return createRedactor([...secrets, ...webhookSecrets(target)]);
}

/** Of the receiver: in the forms in which its own code may hold them. */
function webhookSecrets({ config: { webhook }, contract, secrets }: Plan['target']): Secret[] {
  const scheme = schemeOf(contract.webhook, webhook?.event);
  // A plan leaves references as they stand.
  const known = [webhook?.secret ?? []].flat().filter((secret) => secret.search(REFERENCE) === -1);
  return known.flatMap((secret) => {
    const name = secrets.find(({ value }) => value === secret)?.name ?? 'webhook.secret';
    const forms = typeof scheme === 'string' ? [] : formsOf(scheme, secret);
    return [secret, ...forms].map((value): Secret => ({ name, value, kind: 'credential' }));
  });
}
