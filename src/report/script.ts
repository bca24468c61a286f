// Calls as a shell script that can be pasted: what it uses is defined above it, and values that count once are fresh.
import type { Exchange } from '../evidence/exchange.js';
import { type CurlOptions, curlOf } from './curl.js';
import { type Made, makersOf, type Step } from './sequence.js';
import { nameOf, quoted, secretsIn } from './shell.js';

/** What stands in the record, and the variable that takes its place. */
interface Fresh {
  found: string;
  name: string;
  /** Before the variable. */
  prefix?: string;
  /** Defines it. */
  line: string;
}

export interface Surroundings {
  runId: string;
  /** All calls of the run, in order. */
  all: readonly Exchange[];
  ca?: string | undefined;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/i;
const HEX = /^[0-9a-f]{32}$/i;
// An interactive shell would go on after a variable that is not set; a shell within it ends.
const BEGIN = '(';
const END = ')';

/** One call without variables is one line. */
export function scriptOf(steps: readonly Step[], { runId, all, ca }: Surroundings): string {
  const calls = steps.flat();
  const taken = new Set(calls.flatMap(placeholdersIn).map(nameOf));
  const values = freshValues(calls, runId, taken);
  const ids = freshIds(steps, all, taken);
  const fresh = [...values, ...ids];
  const options: CurlOptions = { quiet: calls.length > 1, ca };
  const commands = new Map(calls.map((one) => [one, curlOf(refreshed(one, fresh), options)]));
  const defined = [...givenLines(calls, all), ...values.map(({ line }) => line)];
  const [only] = commands.values();
  if (calls.length === 1 && only !== undefined)
    return defined.length === 0 ? only : [BEGIN, ...defined, only, END].join('\n');
  const functions = functionsOf([...commands.values()]);
  const invoke = (one: Exchange) => {
    const command = commands.get(one) ?? '';
    const called = functions.get(command) ?? command;
    return one.ended === 'cut-by-us' ? `${called} --max-time ${cutAfter(one)}` : called;
  };
  const first = new Map([...commands].toReversed().map(([one, command]) => [command, one]));
  // Only there is all defined that it uses.
  const defineBefore = (step: Step) =>
    [...functions].flatMap(([command, name]) =>
      step.some((one) => one === first.get(command)) ? [`${name}() { ${command} "$@"; }`] : [],
    );
  return [
    BEGIN,
    ...defined,
    ...steps.flatMap((step, at) => [
      ...pauseBefore(steps[at - 1], step),
      `echo; echo ${quoted(titleOf(step, at, steps, fresh))}`,
      ...noteOf(step),
      ...defineBefore(step),
      ...linesOf(step, invoke, ids),
    ]),
    'echo',
    END,
  ].join('\n');
}

/** Ids that a call before makes, alone: of several at once, each makes its own. */
function freshIds(steps: readonly Step[], all: readonly Exchange[], taken: ReadonlySet<string>): (Fresh & Made)[] {
  const makers = new Set(steps.flatMap((step) => (step.length === 1 ? step : [])));
  const made = new Map(
    steps
      .flat()
      .flatMap((one) => makersOf(one, all))
      .filter(({ maker }) => makers.has(maker))
      .map((one) => [one.id, one]),
  );
  return [...made.values()].map((one, at) => {
    const name = freeName('ID', at, taken);
    return { ...one, found: one.id, name, line: idLine(name, one.member) };
  });
}

/** Idempotency keys and unique values were used up by the run. */
function freshValues(calls: readonly Exchange[], runId: string, taken: ReadonlySet<string>): Fresh[] {
  const prefix = 'glc-';
  const unique = `${prefix}${runId}`;
  // A key of an earlier run is the point of its call.
  const ofRun = calls.filter(({ request }) => request.unique?.startsWith(unique) ?? true);
  const keys = [...new Set(ofRun.flatMap(({ request }) => request.idempotencyKey ?? []))];
  const run = freeName('RUN', 0, taken);
  return [
    ...(calls.some((one) => keys.reduce((text, key) => text.replaceAll(key, ''), textOf(one)).includes(unique))
      ? [{ found: unique, name: run, prefix, line: `${run}=$(date +%s)` }]
      : []),
    ...keys.flatMap((key, at) => {
      const name = freeName('KEY', at, taken);
      const made = keyMaker(key, at);
      return made === null ? [] : [{ found: key, name, line: `${name}=${made}` }];
    }),
  ];
}

/** Another key of the same form; null: it has no room for one. */
function keyMaker(key: string, at: number): string | null {
  const uuid = 'cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen';
  if (UUID.test(key)) return `$(${uuid})`;
  if (HEX.test(key)) return `$({ ${uuid}; } | tr -d -)`;
  // Ten digits of the clock take the place of its end.
  const clock = at === 0 ? '$(date +%s)' : `$(($(date +%s) - ${at}))`;
  return key.length < 10 ? null : `${key.length === 10 ? '' : quoted(key.slice(0, -10))}${clock}`;
}

function freeName(name: string, at: number, taken: ReadonlySet<string>): string {
  const numbered = at === 0 ? name : `${name}_${at + 1}`;
  return taken.has(numbered) ? freeName(`NEW_${name}`, at, taken) : numbered;
}

/** The call with variables in place of what the run used up. */
function refreshed({ request }: Exchange, fresh: readonly Fresh[]): Pick<Exchange, 'request'> {
  const set = (text: string) =>
    [...fresh]
      .sort((a, b) => b.found.length - a.found.length)
      .reduce((changed, { found, name, prefix = '' }) => changed.replaceAll(found, `${prefix}[secret:${name}]`), text);
  return {
    request: {
      ...request,
      url: set(request.url),
      headers: request.headers.map(([name, value]) => [name, set(value)] as const),
      body: request.body === null ? null : { ...request.body, text: set(request.body.text) },
    },
  };
}

/** What the user has to set, and the wrong key, which is made of the right one. */
function givenLines(calls: readonly Exchange[], all: readonly Exchange[]): string[] {
  const wrong = calls.find(({ request }) => request.credential === 'wrong');
  const [decoy] = wrong === undefined ? [] : placeholdersIn(wrong);
  const [key] =
    decoy === undefined ? [] : all.filter(({ request }) => request.credential === 'key').flatMap(placeholdersIn);
  const used = [...new Set(calls.flatMap(placeholdersIn))];
  const given = used.filter((name) => name !== decoy);
  const lines = [...new Set([...given, ...(key === undefined ? [] : [key])].map(nameOf))].map((name) =>
    required(name, 'set it first, as for the run'),
  );
  if (decoy === undefined) return lines;
  if (key === undefined)
    return [...lines, required(nameOf(decoy), 'set it to a key of the right form that does not exist')];
  return [...lines, `${nameOf(decoy)}="\${${nameOf(key)}%????}0000"`];
}

/** What stands as a variable in the command, by the name of the secret. */
function placeholdersIn(call: Exchange): string[] {
  return secretsIn(textOf(call));
}

function textOf({ request: { url, headers, body } }: Exchange): string {
  return [url, ...headers.map(([, value]) => value), body?.text ?? ''].join('\n');
}

function required(name: string, says: string): string {
  return `: "\${${name}:?${says}}"`;
}

/** Of commands that are sent more than once: so one sees that they are the same. */
function functionsOf(commands: readonly string[]): Map<string, string> {
  const repeated = [...new Set(commands.filter((one, at) => commands.indexOf(one) !== at))];
  return new Map(repeated.map((command, at) => [command, at === 0 ? 'call' : `call_${at + 1}`]));
}

function linesOf(step: Step, invoke: (one: Exchange) => string, ids: readonly (Fresh & Made)[]): string[] {
  const commands = step.map(invoke);
  const [first = ''] = commands;
  const [one] = step;
  const needed = ids.filter(({ maker }) => maker === one);
  if (needed.length > 0)
    return [
      `ANSWER=$(${first})`,
      `printf '%s\\n' "$ANSWER"`,
      // Without one, the next call would be about the whole collection.
      ...needed.flatMap(({ line, name, member }) => [line, required(name, `the answer has no ${member}`)]),
    ];
  if (commands.length === 1) return [first];
  if (commands.some((command) => command !== first)) return [...commands.map((command) => `${command} &`), 'wait'];
  return [`for n in ${commands.map((_, at) => at + 1).join(' ')}; do ${first} & done; wait`];
}

function idLine(name: string, member: string): string {
  return `${name}=$(printf '%s\\n' "$ANSWER" | grep -o '"${member}" *: *"*[^",}]*' | head -n 1 | cut -d: -f2- | tr -d ' "')`;
}

const LONGEST_PAUSE_SECONDS = 60;

/** The same wait as in the run, where one was. */
function pauseBefore(before: Step | undefined, [next]: Step): string[] {
  const last = before?.at(-1);
  if (last === undefined || next === undefined || last.probe !== next.probe || next.request.role === 'count') return [];
  const seconds = Math.ceil((next.startedAtMs - last.endedAtMs) / 1000);
  return seconds < 2 || seconds > LONGEST_PAUSE_SECONDS ? [] : [`sleep ${seconds}`];
}

function cutAfter({ startedAtMs, endedAtMs }: Exchange): string {
  return (Math.max(1, Math.ceil((endedAtMs - startedAtMs) / 50)) / 20).toFixed(2);
}

/** "2. POST /v1/orders, the same call again" */
function titleOf(step: Step, at: number, steps: readonly Step[], fresh: readonly Fresh[]): string {
  const [one] = step;
  if (one === undefined) return '';
  const { method, url } = refreshed(one, fresh).request;
  const before = steps.slice(0, at).flat();
  return [
    `${at + 1}. ${method} ${url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')}`,
    ...(step.length > 1 ? [`${step.length} times at once`] : []),
    ...relationOf(one, before),
    ...(one.request.role === 'count' ? ['how many there are'] : []),
  ].join(', ');
}

function noteOf(step: Step): string[] {
  const cut = step.find(({ ended }) => ended === 'cut-by-us');
  if (cut === undefined) return [];
  return [
    "echo '   The run cut the connection once this was sent. curl gives up after a time instead:'",
    "echo '   longer where the call does not arrive, shorter where it is answered.'",
  ];
}

function relationOf(call: Exchange, before: readonly Exchange[]): string[] {
  const { request } = call;
  const alike = before.filter((one) => one.request.method === request.method && one.request.url === request.url);
  const withKey = alike.filter((one) => one.request.idempotencyKey === request.idempotencyKey);
  if (!request.write || request.idempotencyKey === null || alike.length === 0) return [];
  if (withKey.length === 0) return ['another key'];
  if (withKey.some((one) => curlOf(one) === curlOf(call))) return ['the same call again'];
  const isSame = withKey.some((one) => one.request.body?.text === request.body?.text);
  return [isSame ? 'the same key and body' : 'the same key with another body'];
}
