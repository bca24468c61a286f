// What answers a client while it is learned: the sandbox that the user named, asked once for each operation; else a
// provider's own samples, where a built-in contract knows the host; else a plain success.

import { isPlain } from '../config/merge.js';
import { operationSchema } from '../config/schema.js';
import { isSafe } from '../evidence/methods.js';
import { normalized } from '../learning/hosts.js';
import { isLogInCall, logInAnswer } from '../learning/log-in.js';
import { idsIn, shapeOf } from '../learning/paths.js';
import type { KnownProvider } from '../learning/provider.js';
import { jsonAnswer, withoutHeader } from '../proxy/answers.js';
import { jsonBody } from '../proxy/json.js';
import { compilePatterns, pathOf } from '../proxy/pattern.js';
import type { Random } from '../proxy/random.js';
import { type Performed, type Source, UpstreamError, type WholeRequest } from '../proxy/source.js';
import { createStub, type StubOperation, stubOperation } from '../proxy/stub.js';

export interface Remembered {
  method: string;
  path: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  /** undefined: it was no JSON. */
  body: unknown;
}

export interface LearnedAnswersOptions {
  upstream: Source | null;
  /** Why a write may not go there; null: it may. */
  refuse(request: WholeRequest): string | null;
  /** Of the whole API, below no base path: what a description says of it. */
  described: readonly StubOperation[];
  providerAt(url: URL): Promise<KnownProvider | null>;
  /** Where the API really is, for a client that was given the lane's address. */
  url: URL | null;
  random: Random;
}

export interface LearnedAnswers {
  source: Source;
  /** The host that upstream answers for; null: every host. */
  forward(authority: string | null): void;
  /** What a plain success of a POST is from here on. */
  succeedWith(status: number): void;
  remembered(): readonly Remembered[];
  /** Ids that answers named. */
  ids: ReadonlySet<string>;
  /** Why a call did not go on; null: none was held back. */
  refused(): string | null;
}

const MOST_READS = 20;
const PENDING = /^(pending|processing|queued|scheduled|in[_ -]?progress|running|accepted|created|new)$/i;
const STATUS_MEMBER = /^(status|state)$/i;
// No limits: what the sandbox had left then is not what it has later.
const KEPT = /^(content-type|location|link|etag|cache-control)$/i;

export function createLearnedAnswers(options: LearnedAnswersOptions): LearnedAnswers {
  const { upstream, random } = options;
  const ids = new Set<string>();
  const stubs = createStubs(random);
  const sandbox = upstream === null ? null : createSandboxAnswers(upstream, options.refuse, stubs, ids);
  let forwarded: string | null | undefined;
  let postStatus = 201;

  function plain({ method, url, body, headers }: WholeRequest): Performed {
    if (isLogInCall({ method, path: pathOf(url), body: body.toString('utf8') }))
      return {
        answer: jsonAnswer(
          200,
          logInAnswer(() => `tok_${random.hex(32)}`),
        ),
        effect: null,
        by: 'stub',
      };
    const sent = jsonBody(body, headers);
    const echo = isPlain(sent) ? sent : {};
    const status = method === 'POST' ? postStatus : 200;
    return { answer: jsonAnswer(status, { id: `res_${random.hex(12)}`, ...echo }), effect: null, by: 'stub' };
  }

  return {
    source: {
      async perform(request) {
        const host = headerOf(request.headers, 'host');
        const authority = host === undefined ? null : normalized(host);
        const isForwarded = forwarded === null || (forwarded !== undefined && forwarded === authority);
        const performed =
          sandbox !== null && isForwarded
            ? await sandbox.perform(request)
            : ((await fromSamples(request, authority, options, stubs)) ?? plain(request));
        const { answer } = performed;
        for (const id of idsIn(jsonBody(answer.body, answer.headers), headerOf(answer.headers, 'location')))
          ids.add(id);
        return performed;
      },
      close: () => upstream?.close(),
    },
    forward(authority) {
      forwarded = authority;
    },
    succeedWith(status) {
      postStatus = status;
    },
    remembered: () => [...(sandbox?.remembered.values() ?? [])],
    ids,
    refused: () => sandbox?.refused() ?? null,
  };
}

type Stubs = (request: WholeRequest, operations: readonly StubOperation[], key: string) => Promise<Performed>;

/** One stub for each key, so that a repeated call gets its first answer. */
function createStubs(random: Random): Stubs {
  const stubs = new Map<string, Source>();
  return (request, operations, key) => {
    const stub = stubs.get(key) ?? createStub({ operations, random });
    stubs.set(key, stub);
    const matched = compilePatterns(operations, '')(request.method, pathOf(request.url));
    return stub.perform({ ...request, matched });
  };
}

interface SandboxAnswers {
  perform(request: WholeRequest): Promise<Performed>;
  /** By method and pattern of the path. */
  remembered: ReadonlyMap<string, Remembered>;
  refused(): string | null;
}

/** The real API: asked once for each operation, then answered from memory. */
function createSandboxAnswers(
  upstream: Source,
  refuse: LearnedAnswersOptions['refuse'],
  fromStub: Stubs,
  ids: ReadonlySet<string>,
): SandboxAnswers {
  const remembered = new Map<string, Remembered>();
  const asked = new Map<string, Promise<Performed>>();
  const times = new Map<string, number>();
  /** Ids that answers from memory named. */
  const made = new Set<string>();
  let refused: string | null = null;

  async function recall(request: WholeRequest, memory: Remembered): Promise<Performed> {
    const performed = await fromStub(request, [operationOf(memory)], `${memory.method} ${memory.path}`);
    const { body, headers } = performed.answer;
    if (!isSafe(request.method)) for (const id of idsIn(jsonBody(body, headers), undefined)) made.add(id);
    return performed;
  }

  async function ask(request: WholeRequest, call: string, path: string): Promise<Performed> {
    const why = isSafe(request.method) ? null : refuse(request);
    if (why !== null) {
      refused ??= why;
      throw new UpstreamError('REFUSED', why);
    }
    times.set(call, (times.get(call) ?? 0) + 1);
    const asking = upstream.perform({ ...request, headers: withoutHeader(request.headers, 'accept-encoding') });
    asked.set(call, asking);
    const performed = await asking;
    const { status, headers, body } = performed.answer;
    remembered.set(`${request.method} ${path}`, {
      method: request.method,
      path,
      status,
      headers: Object.fromEntries(headers.filter(([name]) => KEPT.test(name))),
      body: jsonBody(body, headers),
    });
    return performed;
  }

  return {
    async perform(request) {
      const path = shapeOf(pathOf(request.url), ids);
      const operation = `${request.method} ${path}`;
      // Reads of other things and of other pages are other calls; a write is let through once, whatever it names.
      const call = isSafe(request.method) ? `${request.method} ${request.url}` : operation;
      const before = await asked.get(call);
      const memory = remembered.get(operation);
      // Of an id that came from memory the sandbox knows nothing: the machine was busy, and the run is done again.
      if (memory !== undefined && request.url.split('/').some((part) => made.has(part))) return recall(request, memory);
      if (before === undefined) return ask(request, call, path);
      if (isSafe(request.method) && isUnderWay(before, times.get(call) ?? 0)) return ask(request, call, path);
      return memory === undefined ? before : recall(request, memory);
    },
    remembered,
    refused: () => refused,
  };
}

/** By a description, or by the built-in contract of the provider; null: neither knows the call. */
async function fromSamples(
  request: WholeRequest,
  authority: string | null,
  { url: known, providerAt, described }: LearnedAnswersOptions,
  fromStub: Stubs,
): Promise<Performed | null> {
  const path = pathOf(request.url);
  const url = known ?? (authority === null ? null : urlOf(authority, path));
  const provider = url === null ? null : await providerAt(new URL(path, url));
  const base = provider === null ? '' : new URL(provider.url).pathname.replace(/\/$/, '');
  const samples = Object.entries(provider?.provider.layer.endpoint?.operations ?? {}).map(([name, operation]) => {
    const made = stubOperation(name, operationSchema.parse(operation));
    return { ...made, path: `${base}${made.path}` };
  });
  const operations = [...described, ...samples];
  if (compilePatterns(operations, '')(request.method, path) === null) return null;
  return fromStub(request, operations, `samples of ${provider?.provider.id ?? 'the description'}`);
}

function headerOf(headers: WholeRequest['headers'], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

/** What a client asks for again until it is done. */
function isUnderWay({ answer }: Performed, times: number): boolean {
  const json = jsonBody(answer.body, answer.headers);
  if (times >= MOST_READS || typeof json !== 'object' || json === null) return false;
  return Object.entries(json).some(
    ([name, value]) => STATUS_MEMBER.test(name) && typeof value === 'string' && PENDING.test(value),
  );
}

function operationOf({ method, path, status, headers, body }: Remembered): StubOperation {
  return { name: 'remembered', method, path, status, headers, answer: body };
}

function urlOf(authority: string, path: string): URL | null {
  const url = `https://${authority}${path}`;
  return URL.canParse(url) ? new URL(url) : null;
}
