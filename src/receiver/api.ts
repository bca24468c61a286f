// The provider's API as the receiver meets it: a lane without faults, which stands as long as the run and notes what is read.
import type { ResolvedTarget } from '../config/load.js';
import { isPlain } from '../config/merge.js';
import type { Webhook } from '../config/schema.js';
import { isSafe } from '../evidence/methods.js';
import { openListener, stubFor } from '../lanes/listener.js';
import { withLogIn } from '../lanes/log-in.js';
import type { ListenerOptions } from '../lanes/options.js';
import { scenario } from '../lanes/scenario.js';
import { jsonAnswer } from '../proxy/answers.js';
import { jsonBody } from '../proxy/json.js';
import { decoded, pathOf } from '../proxy/pattern.js';
import type { AttemptEvent } from '../proxy/server.js';
import type { Source, WholeRequest } from '../proxy/source.js';
import type { Redactor } from '../redaction/redact.js';
import { createObjects, type Objects } from './objects.js';

/** A call that reads, as it arrived. */
export interface ApiRead {
  /** Method and path: "GET /orders/1". */
  call: string;
  /** On the clock of performance.now(). */
  atMs: number;
  /** It names the object that the latest event was about. */
  isOfLatest: boolean;
  /** The answer says what events told of the object, and nothing else. */
  isTold: boolean;
}

export interface ReceiverApi {
  /** Base URL for the receiver. */
  url: string;
  /** In order; the oldest are forgotten. */
  reads(): readonly ApiRead[];
  happened: Objects['happened'];
  close(): Promise<void>;
}

// Far more than a receiver reads; one that reads without end must not fill the memory.
const MOST_READS = 4_000;

/** null: the config does not say how the receiver learns of it. Rejects with Node's error where no port can be had. */
export async function openReceiverApi(
  target: ResolvedTarget,
  webhook: Webhook,
  { redactor, seed }: { redactor: Redactor; seed: number },
): Promise<ReceiverApi | null> {
  if (webhook.baseUrlEnv === undefined || webhook.command === undefined) return null;
  const objects = createObjects();
  const reads: ApiRead[] = [];
  const options: ListenerOptions = withLogIn({
    target,
    // No operation is aimed at: what the config does not know is answered kindly.
    client: { operation: '' },
    redactor,
    seed,
    upstream: null,
    interception: null,
    discovered: () => [],
  });
  const quiet = { ...scenario('your receiver', null, { operation: null }), group: 'webhook' };
  const upstream = telling(objects, stubFor(quiet, options), ({ method, url }) => {
    const read = reads.findLast(({ call }) => call === `${method} ${pathOf(url)}`);
    if (read !== undefined) read.isTold = true;
  });
  const onAttempt = ({ what, describe }: AttemptEvent) => {
    if (what !== 'arrived') return;
    const { method, url } = describe().request;
    if (!isSafe(method)) return;
    const isOfLatest = objects.isLatest(idIn(url));
    reads.push({ call: `${method} ${pathOf(url)}`, atMs: performance.now(), isOfLatest, isTold: false });
    if (reads.length > MOST_READS) reads.shift();
  };
  const lane = await openListener(quiet, { ...options, upstream }, onAttempt);
  return { url: lane.url, reads: () => reads, happened: objects.happened, close: () => lane.close() };
}

/** A read of an object that an event was about says what that event said, over what the stub says. */
function telling(objects: Objects, stub: Source, onTold: (request: WholeRequest) => void): Source {
  return {
    ...stub,
    async perform(request) {
      const performed = await stub.perform(request);
      const told = isSafe(request.method) ? objects.find(idIn(request.url)) : undefined;
      if (told === undefined) return performed;
      const { status, headers, body } = performed.answer;
      const json = jsonBody(body, headers);
      const said = isPlain(json) ? json : {};
      if (Object.keys(said).every((member) => Object.hasOwn(told, member))) onTold(request);
      return { ...performed, answer: jsonAnswer(status, { ...said, ...told }, headers) };
    },
  };
}

/** "ord_1" of "/v1/orders/ord_1?expand=lines". */
function idIn(url: string): string {
  return decoded(pathOf(url).split('/').filter(Boolean).at(-1) ?? '');
}
