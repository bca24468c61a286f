// Whether the user's webhook receiver starts, or runs, and answers: one HEAD, which is no event.
import { isLoopback } from '../config/environments.js';
import type { ResolvedTarget } from '../config/load.js';
import { openReceiverApi } from '../receiver/api.js';
import { createReceiverHost } from '../receiver/host.js';
import type { Redactor } from '../redaction/redact.js';
import { NoEvidence } from '../transport/budget.js';
import { askHead } from './ask.js';
import { type Finding, notRun, ok, problem } from './row.js';

export async function lookAtReceiver(
  target: ResolvedTarget,
  options: { environment: NodeJS.ProcessEnv; redactor: Redactor; signal: AbortSignal },
): Promise<Finding> {
  const { webhook } = target.config;
  if (webhook === undefined)
    return notRun(
      'no receiver is configured',
      'set webhook.url and webhook.secret: unlocks the checks of your receiver',
    );
  const isOurs = webhook.command !== undefined;
  if (isOurs && target.unset.length > 0) return notRun(`needs ${target.unset.join(', ')} to be set`);
  const api = await openReceiverApi(target, webhook, { redactor: options.redactor, seed: 1 });
  const host = createReceiverHost(target, webhook, api?.url ?? null, options);
  try {
    await host.ensureRunning();
    const url = new URL(webhook.url);
    const { answer, certificate, error } = await askHead(url, { ca: null, signal: options.signal });
    const place = `HEAD ${url.origin}${url.pathname}`;
    if (answer === null)
      return problem(`${place}: no answer (${error})`, isOurs ? 'look at webhook.url, and webhook.ready' : NOT_RUNNING);
    const doubt = certificate?.doubt ?? null;
    if (doubt !== null && !isLoopback(url.hostname))
      return problem(`${place}: ${answer.status}, but its certificate is not trusted (${doubt})`, 'have it renewed');
    return ok(`${isOurs ? 'it started, and ' : ''}${place}: ${answer.status} in ${answer.tookMs} ms`);
  } catch (error) {
    if (!(error instanceof NoEvidence) || options.signal.aborted) throw error;
    return problem(error.message, 'mend webhook.command or webhook.ready; its own output says more');
  } finally {
    await host.close();
    await api?.close();
  }
}

const NOT_RUNNING = 'start your receiver, or set webhook.command, so that a run starts it';
