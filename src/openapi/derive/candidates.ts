// Which operations of a description can be the control (`read`), what an integration creates (`create`), and its list.
import { pointerTo } from '../../evidence/pointer.js';
import { needsKey } from './auth.js';
import {
  bodyOf,
  type DescribedOperation,
  listOf,
  membersOf,
  type Node,
  nodeAt,
  operationsOf,
  successOf,
  textOf,
  typeOf,
  wordsOf,
} from './document.js';

export interface Candidates {
  /** Best first. */
  reads: readonly DescribedOperation[];
  creates: readonly DescribedOperation[];
}

export function candidatesOf(document: Node): Candidates {
  const all = operationsOf(document).filter(({ node }) => node.deprecated !== true);
  const paths = new Set(all.filter(({ method }) => method === 'GET').map(({ path }) => path));
  // Where nothing needs a key, a control is any harmless read.
  const keyed = all.some(needsKey) ? all.filter(needsKey) : all;
  return {
    reads: ranked(keyed, (one) => fitnessToRead(document, one)),
    creates: ranked(keyed, (one) => fitnessToCreate(document, one, paths)),
  };
}

/** The list that belongs to an operation: the GET on the same path, else none. */
export function listBeside(document: Node, operation: DescribedOperation | null): DescribedOperation | null {
  if (operation === null) return null;
  const found = operationsOf(document).find(({ path, method }) => path === operation.path && method === 'GET');
  return found === undefined || !canBeCalled(found) ? null : found;
}

function ranked(
  operations: readonly DescribedOperation[],
  fitness: (one: DescribedOperation) => number | null,
): DescribedOperation[] {
  return operations
    .flatMap((one) => {
      const fits = fitness(one);
      return fits === null ? [] : [{ one, fits }];
    })
    .toSorted((a, b) => b.fits - a.fits)
    .map(({ one }) => one);
}

// Words of a path or an operation's name, as whole words.
const PLAIN_READS = /\b(ping|me|whoami|self|account|balance|profile|user|merchant|organi[sz]ation|company|status)s?\b/;
const FURTHER_READS = /\b(currenc(y|ies)|countr(y|ies)|categor(y|ies)|product|plan|setting|limit|rate|type|bank)s?\b/;
// GETs that do something, answer at length, or concern a session and not the key.
const ODD_READS =
  /\b(log ?out|log ?in|callback|redirect|verify|confirm|export|download|file|stream|report|reset|token|authori[sz]e|oauth|jwks|well|health|healthz|version|docs?|openapi|swagger|metrics|events?|generate|sync|search|admin|sessions?|socket|embed)\b/;

function fitnessToRead(document: Node, operation: DescribedOperation): number | null {
  const { method, path } = operation;
  const success = successOf(operation);
  if (method !== 'GET' || /[{}]/.test(path) || !canBeCalled(operation) || success === null) return null;
  const hasOtherBody = success.media === null && Object.keys(nodeAt(document, success.node.content)).length > 0;
  if (hasOtherBody) return null;
  const words = wordsIn(path);
  const steps = path.split('/').length - 1;
  return (
    (PLAIN_READS.test(words.split(' ').at(-1) ?? '') ? 6 : PLAIN_READS.test(words) ? 3 : 0) +
    (FURTHER_READS.test(words) ? 2 : 0) -
    (ODD_READS.test(`${words} ${wordsIn(textOf(operation.node.operationId))}`) ? 8 : 0) -
    operation.parameters.filter(({ required }) => required).length -
    steps +
    (operation.answers.some(({ status }) => status === '401' || status === '403') ? 1 : 0)
  );
}

const GOODS =
  /\b(order|payment|payout|charge|invoice|transfer|transaction|shipment|checkout|booking|subscription|quote|message|customer)s?\b/;
// POSTs that make nothing, make many, or cannot be taken back.
const NO_CREATE =
  /\b(get|list|fetch|lookup|retry|update|search|query|find|estimate|calculate|preview|validate|verify|check|simulate|test|log ?in|logout|auth|authenticate|oauth|tokens?|sessions?|refresh|webhooks?|hooks?|subscriptions? events?|uploads?|files?|bulk|batch|import|export|cancel|refund|confirm|capture|approve|reject|reset|password|invite|ping|graphql|rpc|delete|remove|revoke|rotate|keys?)\b/;

function fitnessToCreate(document: Node, operation: DescribedOperation, reads: ReadonlySet<string>): number | null {
  const { method, path, node, parameters } = operation;
  const success = createdBy(operation);
  if (method !== 'POST' || /[{}]/.test(path) || !canBeCalled(operation) || success === null) return null;
  const body = bodyOf(document, operation);
  if (body === null) return null;
  const names = `${wordsIn(path)} ${wordsIn(textOf(node.operationId))}`;
  const hasOne = [...reads].some((one) => one.startsWith(`${path}/{`) && !one.slice(path.length + 2).includes('/'));
  const hasId = idPointerOf(document, success.media?.schema ?? null, path) !== null;
  const isNamed = hasId || Object.keys(success.headers).some((name) => name.toLowerCase() === 'location');
  if (!isNamed && success.status !== '201') return null;
  return (
    (isNamed ? 3 : 0) +
    (hasOne ? 4 : 0) +
    (reads.has(path) ? 2 : 0) +
    (success.status === '201' ? 2 : success.status === '202' ? 1 : 0) +
    (parameters.some(({ in: place, name }) => place === 'header' && /idempotency/i.test(name)) ? 5 : 0) +
    (/\bcreate\b/.test(`${wordsIn(textOf(node.operationId))} ${wordsOf(node).toLowerCase()}`) ? 1 : 0) +
    (GOODS.test(names) ? 3 : 0) +
    (membersOf(document, body.schema).required.size > 0 ? 2 : 0) -
    (NO_CREATE.test(names) ? 8 : 0) -
    (path.split('/').length - 1)
  );
}

/** The success that a create answers. */
export function createdBy({ answers }: DescribedOperation) {
  return ['201', '202', '200'].flatMap((status) => answers.find((one) => one.status === status) ?? [])[0] ?? null;
}

/** Whether all that a call must carry beside its body can be filled in. */
function canBeCalled({ parameters }: DescribedOperation): boolean {
  return parameters.every(({ required, in: place }) => !required || place === 'header' || place === 'query');
}

const WRAPPERS = ['data', 'result', 'payload', 'response', 'object'];
const DEEPEST_WRAPPER = 2;

/** Where an answer names what it is about; null: the description does not show it. */
export function idPointerOf(document: Node, schema: Node | null, path: string, depth = 0): string | null {
  if (schema === null || depth > DEEPEST_WRAPPER) return null;
  const { properties } = membersOf(document, schema);
  const [first] = [...listOf(schema.oneOf), ...listOf(schema.anyOf)].map((one) => nodeAt(document, one));
  if (properties.size === 0) return first === undefined ? null : idPointerOf(document, first, path, depth + 1);
  const names = [...properties]
    .filter(([, one]) => /^(string|integer|number)$/.test(typeOf(document, one)))
    .map(([name]) => name);
  const plain = ['id', 'uuid'].find((name) => names.includes(name));
  if (plain !== undefined) return pointerTo(plain);
  // orderId and order_id belong to /orders; customer_id there names another thing.
  const own = names.find((name) => isOwnId(name, path));
  if (own !== undefined) return pointerTo(own);
  for (const [name, one] of properties) {
    if (!WRAPPERS.includes(name) && properties.size > 1) continue;
    const inner = typeOf(document, one) === 'object' ? idPointerOf(document, one, path, depth + 1) : null;
    if (inner !== null) return `${pointerTo(name)}${inner}`;
  }
  return null;
}

function isOwnId(name: string, path: string): boolean {
  const [, stem] = /^(\w+?)_?(id|uuid)$/i.exec(name) ?? [];
  const noun = path.split('/').findLast((step) => step !== '' && !step.startsWith('{')) ?? '';
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return stem !== undefined && stem.length > 2 && plain(noun).startsWith(plain(stem));
}

/** "getAccountBalance" and "/v1/account-balance" as words in lower case. */
function wordsIn(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** How an operation is named to a person, and by `--read` and `--create`. */
export function nameOfOperation({ method, path }: Pick<DescribedOperation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
