// Runs the user's client without faults to see what it calls, and with what. Nothing is judged here.
import { environmentsOfHost, environmentsOfKey } from '../config/environments.js';
import type { ResolvedTarget } from '../config/load.js';
import { type Client, contractSchema, operationSchema } from '../config/schema.js';
import { isSafe } from '../evidence/methods.js';
import type { Attempt } from '../evidence/recording.js';
import type { LaneRun } from '../evidence/run.js';
import { whyNotStarted } from '../evidence/start.js';
import { UNADMITTED } from '../intercept/diagnosis.js';
import { createLearningRouting, openInterception } from '../intercept/interception.js';
import { createLanes } from '../lanes/lanes.js';
import { scenario } from '../lanes/scenario.js';
import type { Learned, LearnedOperation } from '../learning/config.js';
import { isPublicHost } from '../learning/config.js';
import { type Credential, credentialIn, secretVariables } from '../learning/credential.js';
import { agentIn, keyPlaceIn, versionIn } from '../learning/headers.js';
import { apiAmong, authorityOf, calledHosts, looksLikeSandbox, looksLikeTestKey } from '../learning/hosts.js';
import { isLogInAttempt, isLogInCall, logInOf } from '../learning/log-in.js';
import { basePathOf, nameOf, shapeOf } from '../learning/paths.js';
import { type KnownProvider, providerAt } from '../learning/provider.js';
import { createUpstream } from '../proxy/forward.js';
import { compilePatterns, pathOf } from '../proxy/pattern.js';
import { createRandom } from '../proxy/random.js';
import { type StubOperation, stubOperation } from '../proxy/stub.js';
import { createRedactor, type Redactor } from '../redaction/redact.js';
import type { Secret } from '../redaction/secret.js';
import { createLearnedAnswers, type LearnedAnswers } from './learned-answers.js';

export interface LearnOptions {
  /** The client alone, and the API's URL where it is known already. */
  target: ResolvedTarget;
  client: Client;
  environment: NodeJS.ProcessEnv;
  seed: number;
  signal: AbortSignal;
  /** The host, with its port, that the user names as the API. */
  host: string | null;
  upstream: { url: URL; allowWrites: boolean } | null;
  /** What a description says that calls are answered. */
  described: readonly StubOperation[];
  /** Where it stands, as a config names it; null: none was given. */
  description: string | null;
}

/** Nothing could be learned: why, and what to do. */
export class NotLearned extends Error {
  override readonly name = 'NotLearned';
  constructor(
    message: string,
    readonly hint: string,
    /** The command line is wrong; else the client, and nothing can be judged of it. */
    readonly isUsage = false,
    /** Its calls came, without the user and password of the proxy. */
    readonly lacksProxyPassword = false,
  ) {
    super(message);
  }
}

/** Stands for the API's host while it is not known: reserved (RFC 6761, 6.4). */
const UNKNOWN_HOST = 'api.invalid';
const OUTPUT_SHOWN = 600;

export interface Lesson {
  learned: Learned;
  /** What was sent to the API but for log-ins, as it was sent: secrets stand in it. */
  calls: readonly Attempt[];
  /** Ids that answers named. */
  ids: ReadonlySet<string>;
}

/** @throws NotLearned */
export async function learn(options: LearnOptions): Promise<Lesson> {
  const { client, target, environment, seed, signal, upstream } = options;
  const known = target.config.endpoint?.url;
  const answers = createLearnedAnswers({
    upstream: upstream === null ? null : createUpstream({ origin: upstream.url.href }),
    refuse: ({ method, url, headers, body }) => {
      // It makes nothing.
      if (isLogInCall({ method, path: pathOf(url), body: body.toString('utf8') })) return null;
      const isTest = headers.some(([, value]) => looksLikeTestKey(value));
      if (upstream === null || upstream.allowWrites || looksLikeSandbox(upstream.url) || isTest) return null;
      return `${method} ${pathOf(url)} would be sent to ${upstream.url.host}, which does not look like a sandbox`;
    },
    described: options.described,
    providerAt,
    url: known === undefined ? null : new URL(known),
    random: createRandom(seed).stream('learning'),
  });
  const wanted = options.host ?? upstream?.url.host ?? null;
  const interception =
    client.intercept === undefined
      ? null
      : await openInterception({
          endpoint: { url: `https://${UNKNOWN_HOST}` },
          client,
          environment,
          routeOf: createLearningRouting(wanted, client.passThrough),
        });
  if (upstream !== null) answers.forward(interception === null ? null : upstream.url.host);
  const lanes = createLanes({
    target,
    client,
    // The user and password of the proxy, which some runtimes print.
    redactor: interception?.hide(createRedactor([])) ?? createRedactor([]),
    seed,
    signal,
    atOnce: 1,
    environment: { ...environment },
    upstream: answers.source,
    interception,
    discovered: () => [],
  });
  let repeat = 0;
  const run = async (): Promise<LaneRun> => {
    repeat += 1;
    const [done] = await lanes.run([{ ...scenario('learning', null), group: 'learn', repeat }]);
    if (done === undefined) throw new Error('unreachable: one scenario makes one run');
    return done;
  };
  try {
    return await learnFrom(run, answers, interception !== null, options);
  } finally {
    await lanes.close();
    interception?.close();
  }
}

async function learnFrom(
  run: () => Promise<LaneRun>,
  answers: LearnedAnswers,
  isIntercepted: boolean,
  options: LearnOptions,
): Promise<Lesson> {
  const { upstream } = options;
  let seen = await run();
  const api = await apiOf(seen, isIntercepted, options);
  if (upstream !== null && isIntercepted && answers.remembered().length === 0 && answers.refused() === null) {
    // It calls another host than the one that answers for it: only now it is known which.
    answers.forward(api.authority);
    seen = await run();
  }
  const refused = answers.refused();
  if (refused !== null) throw new NotLearned(`${refused}; nothing was written`, 'allow it with: --allow-writes', true);
  let postStatus: number | null = null;
  if (!isGood(seen) && upstream === null) {
    // The other success that creates are usually answered with.
    answers.succeedWith(200);
    const again = await run();
    if (isGood(again)) {
      postStatus = 200;
      seen = again;
    }
  }
  refuseFailed(seen, options);
  return await learnedFrom(callsOf(seen), api, answers, postStatus, isIntercepted, options);
}

interface Api {
  /** null: the client was given our address. */
  authority: string | null;
  others: readonly string[];
}

async function apiOf(
  seen: LaneRun,
  isIntercepted: boolean,
  { host, upstream, signal, environment }: LearnOptions,
): Promise<Api> {
  if (seen.ended === 'interrupted' || signal.aborted) throw new NotLearned('interrupted', 'nothing was judged');
  const calls = callsOf(seen);
  if (calls.length === 0) refuseSilent(seen, environment);
  if (!isIntercepted) return { authority: null, others: [] };
  const hosts = calledHosts(calls);
  const known = new Map<string, KnownProvider | null>();
  for (const {
    authority,
    calls: [first],
  } of hosts)
    known.set(
      authority,
      first === undefined ? null : await providerAt(new URL(`https://${authority}${pathOf(first.request.url)}`)),
    );
  const wanted =
    host ?? (hosts.some(({ authority }) => authority === upstream?.url.host) ? upstream?.url.host : undefined);
  const chosen =
    wanted === undefined
      ? apiAmong(hosts, ({ authority }) => known.get(authority) != null)
      : hosts.find(({ authority }) => authority === wanted.toLowerCase());
  if (chosen == null)
    throw new NotLearned(
      `--host: found ${wanted}; your client called ${hosts.map(({ authority }) => authority).join(', ')}`,
      'name one of these',
      true,
    );
  const others = hosts.map(({ authority }) => authority).filter((one) => one !== chosen.authority);
  return { authority: chosen.authority, others };
}

async function learnedFrom(
  all: readonly Attempt[],
  api: Api,
  answers: LearnedAnswers,
  postStatus: number | null,
  isIntercepted: boolean,
  options: LearnOptions,
): Promise<Lesson> {
  const { environment, upstream, target } = options;
  const ofApi = isIntercepted ? all.filter((call) => authorityOf(call) === api.authority) : all;
  const logIn = logInOf(ofApi);
  const afterLogIn = ofApi.filter((call) => !isLogInAttempt(call));
  // A log-in is no operation, unless the client does nothing else.
  const calls = afterLogIn.length > 0 ? afterLogIn : ofApi;
  const paths = calls.map(({ request }) => pathOf(request.url));
  const url = isIntercepted
    ? urlOf(calls, api.authority ?? '', paths, upstream)
    : (target.config.endpoint?.url ?? null);
  const provider = url === null ? null : await providerAt(new URL(paths[0] ?? '/', url));
  const base = provider?.url ?? url;
  const operations = base === null ? [] : operationsIn(calls, new URL(base).pathname, provider, answers, options);
  const aimed = calls.find(({ request }) => !isSafe(request.method)) ?? calls[0];
  const aim = operations.find((one) => aimed !== undefined && isOf(aimed, one, base))?.name ?? 'create';
  const path = pathOf(aimed?.request.url ?? '/');
  const credential = credentialIn(calls, environment);
  const place = keyPlaceIn(calls);
  const learned = {
    url: base,
    provider,
    environment: environmentOf(base, provider, credential),
    operations,
    aim,
    credential,
    logIn,
    key:
      place === null
        ? null
        : {
            ...place,
            from: `seen on ${aimed?.request.method} ${base === null ? path : below(path, new URL(base).pathname)}`,
          },
    version: versionIn(calls),
    agent: agentIn(calls),
    others: api.others,
    postStatus,
    description: options.description,
  };
  return { learned, calls, ids: answers.ids };
}

/** Of plain calls to a public host the config says https, so that they are found out. */
function urlOf(
  calls: readonly Attempt[],
  authority: string,
  paths: readonly string[],
  upstream: LearnOptions['upstream'],
): string {
  const isSecure = calls.some(({ scheme }) => scheme === 'https') || isPublicHost(authority);
  const given = upstream?.url.host === authority ? upstream.url.pathname.replace(/\/$/, '') : null;
  const base = given !== null && paths.every((path) => path.startsWith(`${given}/`)) ? given : basePathOf(paths);
  return `${isSecure ? 'https' : 'http'}://${authority}${base}`;
}

function environmentOf(
  url: string | null,
  provider: KnownProvider | null,
  credential: Credential | null,
): Learned['environment'] {
  const contract = contractSchema.parse(provider?.provider.layer.contract ?? {});
  const value = credential?.variable === null ? undefined : credential?.value;
  const [byKey] = value === undefined ? [] : environmentsOfKey(value, contract);
  if (byKey !== undefined) return byKey;
  if (url === null) return 'live';
  const byHost = environmentsOfHost(new URL(url).hostname, contract);
  if (byHost.length === 1 && byHost[0] !== undefined) return byHost[0];
  return looksLikeSandbox(new URL(url)) || (value !== undefined && looksLikeTestKey(value)) ? 'sandbox' : 'live';
}

export function below(path: string, base: string): string {
  const bare = base.replace(/\/$/, '');
  return path.startsWith(`${bare}/`) ? path.slice(bare.length) : path;
}

function operationsIn(
  calls: readonly Attempt[],
  base: string,
  provider: KnownProvider | null,
  answers: LearnedAnswers,
  { upstream, described }: LearnOptions,
): LearnedOperation[] {
  const operations: LearnedOperation[] = [];
  const sample = Object.entries(provider?.provider.layer.endpoint?.operations ?? {}).map(([name, operation]) =>
    stubOperation(name, operationSchema.parse(operation)),
  );
  const firstWrite = calls.find(({ request }) => !isSafe(request.method));
  for (const call of calls) {
    const { method } = call.request;
    const told = described.find((one) => compilePatterns([one], '')(method, pathOf(call.request.url)) !== null);
    const whole = told?.path ?? shapeOf(pathOf(call.request.url), answers.ids);
    const path = below(whole, base);
    if (operations.some((one) => one.method === method && one.path === path)) continue;
    const kept = answers.remembered().find((one) => one.method === method && one.path === whole);
    const likeKnown = sample.find((one) => one.method === method && one.path === path);
    const taken = operations.map(({ name }) => name);
    const usual =
      call === firstWrite ? 'create' : call === calls[0] && isSafe(method) && !path.includes('{') ? 'read' : null;
    const name = likeKnown?.name ?? (usual === null || taken.includes(usual) ? nameOf({ method, path }, taken) : usual);
    operations.push({
      name,
      method,
      path,
      answer: kept === undefined ? sampleOf(told) : { ...kept, from: upstream?.url.host ?? '' },
      isKnown: likeKnown !== undefined,
    });
  }
  return operations;
}

/** What a description says, as an answer that was seen; null: it says nothing of the call. */
function sampleOf(told: StubOperation | undefined): LearnedOperation['answer'] {
  if (told === undefined) return null;
  const { method, status = method === 'POST' ? 201 : 200, headers = {}, answer } = told;
  return { status, headers, body: answer, from: 'the description' };
}

function isOf({ request }: Attempt, one: LearnedOperation, base: string | null): boolean {
  const basePath = base === null ? '' : new URL(base).pathname.replace(/\/$/, '');
  return compilePatterns([one], basePath)(request.method, pathOf(request.url)) !== null;
}

export function callsOf({ recording }: LaneRun): Attempt[] {
  return recording.attempts.filter(({ request }) => request.method !== '');
}

export function isGood({ ended, process }: LaneRun): boolean {
  const { exitCode, trigger } = process;
  const isDone = trigger === null || trigger.status === null ? exitCode === 0 || exitCode === null : trigger.expected;
  return ended === 'exited' && isDone;
}

function refuseSilent(seen: LaneRun, environment: NodeJS.ProcessEnv): never {
  const { ended, diagnosis, recording } = seen;
  const said = diagnosis
    ?.replaceAll(UNKNOWN_HOST, tunnelled(recording) ?? 'the API')
    .replaceAll('client.baseUrlEnv', '--env <name>');
  const { output, exitCode, signal } = seen.process;
  if (ended === 'not-started' || whyNotStarted(output, { exitCode, signal, startError: null }) !== null)
    throw new NotLearned(
      `your client could not be started: ${said}`,
      'what is expected: golive-check client -- <command>',
      true,
    );
  const local = (recording.otherHosts ?? []).map(({ authority }) => authority);
  if (local.length > 0)
    throw new NotLearned(
      `your client called ${local.join(', ')} alone, which is this machine or let pass`,
      `where that is the API, name it: --host ${local[0]}`,
    );
  throw new NotLearned(
    `your client called nothing: ${said ?? 'it sent no request'}${shownOutput(seen, environment)}`,
    'if it takes its base URL from an environment variable, name that: --env <name>; for a service: --start, --ready and --trigger',
    false,
    said?.includes(UNADMITTED) === true,
  );
}

function tunnelled({ connections }: LaneRun['recording']): string | null {
  return connections.flatMap(({ tunnel }) => (tunnel === undefined ? [] : [tunnel.authority])).at(-1) ?? null;
}

function refuseFailed(seen: LaneRun, { upstream, described, signal, environment }: LearnOptions): void {
  if (isGood(seen)) return;
  if (seen.ended === 'interrupted' || signal.aborted) throw new NotLearned('interrupted', 'nothing was judged');
  const last = callsOf(seen).at(-1);
  const call = last === undefined ? 'its call' : `${last.request.method} ${pathOf(last.request.url)}`;
  const answered = `${call} was answered ${last?.answer?.status ?? 'nothing'}`;
  const end =
    seen.ended === 'patience'
      ? 'did not end: it must do its work once and exit (a service: --start, --ready, --trigger)'
      : `ended with ${seen.process.trigger?.status == null ? `exit ${seen.process.exitCode ?? seen.process.signal}` : `status ${seen.process.trigger.status} of its trigger`}`;
  const who =
    upstream !== null
      ? upstream.url.host
      : described.length > 0
        ? 'the sample of the description'
        : 'our stub, which knows nothing of the API';
  const choices = [
    ...(upstream === null ? ['--upstream https://sandbox.example.com/v1 (the real sandbox, once)'] : []),
    ...(described.length === 0 ? ['--openapi <file>'] : []),
    'a config with endpoint.operations.create.answer (golive-check init)',
  ];
  throw new NotLearned(
    `your client fails without faults: ${answered} by ${who}, and it ${end}${shownOutput(seen, environment)}`,
    upstream === null
      ? `let somebody answer who knows the API: ${choices.join(', ')}`
      : 'see what the sandbox refused; nothing was judged',
  );
}

/** The end of what the client printed, without a secret. */
export function shownOutput(seen: LaneRun, environment: NodeJS.ProcessEnv): string {
  const { text } = redactorOfLearning(callsOf(seen), environment).redact(seen.process.output.trim());
  return text === '' ? '' : `\n  it printed: ${text.slice(-OUTPUT_SHOWN).replace(/\n/g, '\n  ')}`;
}

/** Hides what the environment holds as a secret, and the credential that the calls carry. */
export function redactorOfLearning(calls: readonly Attempt[], environment: NodeJS.ProcessEnv): Redactor {
  return createRedactor(hiddenIn(calls, environment));
}

export function hiddenIn(calls: readonly Attempt[], environment: NodeJS.ProcessEnv): Secret[] {
  const found = credentialIn(calls, environment);
  return [
    ...(found === null ? [] : [{ name: found.variable ?? 'credential of your client', value: found.value }]),
    ...secretVariables(environment),
  ].map((one) => ({ ...one, kind: 'value' }));
}
