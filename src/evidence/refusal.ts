// A refusal that comes with a success status: told by the contract, or by a body that looks like an error.
import { isDeepStrictEqual } from 'node:util';
import { isPlain } from '../config/merge.js';
import type { Contract } from '../config/schema.js';
import type { Exchange, Refusal } from './exchange.js';
import { answerHeader, contentTypeOf, jsonOf, statusOf } from './exchange.js';
import { getPointer } from './pointer.js';

type InSuccess = NonNullable<NonNullable<Contract['errors']>['inSuccess']>;

/** What a verdict names that cannot tell such an answer from a success. */
export const SETTING = 'contract.errors.inSuccess';

/** Whether a 2xx answer refuses the call; undefined: nothing says so. */
export function refusalIn(exchange: Exchange, contract: Contract, idPointer = '/id'): Refusal | undefined {
  const status = statusOf(exchange) ?? 0;
  if (status < 200 || status > 299) return undefined;
  const rule = contract.errors?.inSuccess;
  if (rule === false) return undefined;
  if (rule !== undefined) {
    const shown = getPointer(jsonOf(exchange), rule.pointer);
    return isError(rule, shown) ? { by: 'contract', sign: `${rule.pointer}: ${short(shown)}` } : undefined;
  }
  // What names its resource was made or found, whatever else it says.
  if (answerHeader(exchange, 'location') !== undefined) return undefined;
  const body = jsonOf(exchange);
  if (isPlain(body) && isName(getPointer(body, idPointer))) return undefined;
  const sign = body === undefined ? signInText(exchange) : signInBody(body, contentTypeOf(exchange));
  return sign === null ? undefined : { by: 'likeness', sign };
}

/** Whether a value at the contract's place says that the call failed. */
export function isError({ values, except }: Exclude<InSuccess, false>, shown: unknown): boolean {
  if (values !== undefined) return values.some((value) => isDeepStrictEqual(value, shown));
  if (except !== undefined) return shown !== undefined && !except.some((value) => isDeepStrictEqual(value, shown));
  return isTold(shown);
}

/** There, and not null, false, 0 or empty. */
function isTold(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isPlain(value)) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

const ERRORS = /^(error|errors|err|fault|exception|error_?(code|message|msg|type|description|details?))$/i;
const FLAGS = /^(success|succeeded|ok|is_?success|is_?ok)$/i;
const STATES = /^(status|result)$/i;
const CODES = /^(code|status|status_?code|http_?status|http_?code|error_?code)$/i;
const CODE = /^((error|err|result|res|resp|response|ret|return|biz|status)_?)?(code|no)$/i;
const MESSAGES = /^(message|msg|detail|description|reason)$/i;
const FAILED = /^(error|errors|err|fail|failed|failure|ko|nok|not_?ok|exception)$/i;
const GOOD = /^(0+|2\d\d|ok|okay|success|succeeded|successful|none|no|null|false|true|n\/a)$/i;
/** Members of an envelope: beside them nothing is left that could be a resource. */
const ENVELOPE =
  /^(error|errors|code|message|msg|status|success|ok|title|type|detail|details|description|reason|result|data|path|timestamp|time|instance|hint|help|fields?|params?|errno|name|severity|level|more_?info|(doc|documentation)(_?url)?|status_?code|(request|trace|correlation|error|log)_?id)$/i;
const NAME = /^(_?id|uuid|guid|href)$|[a-z]Id$|_id$/;
const OF_THE_REQUEST = /^(request|trace|correlation|error|log|debug|session)_?id$/i;
const CONTENT = /^(data|results?|items|records|list|rows|content|payload|response|entries|values|objects?)$/i;

/** The member by which a JSON body looks like an error; null: it does not, or it is a resource all the same. */
function signInBody(body: unknown, type: string): string | null {
  if (!isPlain(body)) return null;
  const members = Object.entries(body);
  const isResource = members.some(([name, value]) => NAME.test(name) && !OF_THE_REQUEST.test(name) && isName(value));
  const hasContent = members.some(
    ([name, value]) => CONTENT.test(name) && typeof value === 'object' && isFilled(value),
  );
  if (isResource || hasContent) return null;
  if (type === 'application/problem+json') return `content type ${type}`;
  const told = members.find(([name, value]) => isErrorMember(name, value));
  if (told !== undefined) return `/${told[0]}: ${short(told[1])}`;
  const [code, message] = [members.find(([name]) => CODE.test(name)), members.find(([name]) => MESSAGES.test(name))];
  const isBare = members.every(([name]) => ENVELOPE.test(name) || CODE.test(name));
  if (!isBare || code === undefined || typeof message?.[1] !== 'string' || !isBadCode(code[1])) return null;
  return `/${code[0]}: ${short(code[1])}`;
}

function isErrorMember(name: string, value: unknown): boolean {
  if (ERRORS.test(name)) {
    // A figure of how many there were is no error.
    if (typeof value === 'number' && !/code/i.test(name)) return name.toLowerCase() === 'error' && value !== 0;
    return isTold(value) && !(typeof value === 'string' && GOOD.test(value.trim()));
  }
  if (FLAGS.test(name)) return value === false || value === 0 || /^(false|no|0)$/i.test(String(value));
  if (STATES.test(name) && typeof value === 'string' && FAILED.test(value)) return true;
  const code = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return CODES.test(name) && typeof code === 'number' && code >= 400 && code <= 599;
}

function isBadCode(value: unknown): boolean {
  if (typeof value === 'number') return value !== 0 && !(value >= 200 && value <= 299);
  return typeof value === 'string' && value !== '' && !GOOD.test(value);
}

function isName(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** Whether there is anything in it, at any depth. */
function isFilled(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined && value !== null && value !== '';
  return Object.values(value).some(isFilled);
}

const LONGEST_TEXT = 1000;
const ERROR_TEXT =
  /^\W*(error|err|fail|failed|failure|exception|denied|access denied|unauthori[sz]ed|forbidden|invalid|not found)\b/i;
const ERROR_XML = /^(<\?xml[^>]*\?>)?\s*<(\w+:)?(error|errors|fault|exception)\b/i;

/** Of a body that is no JSON. */
function signInText(exchange: Exchange): string | null {
  const body = exchange.response?.body;
  if (body === undefined || body.encoding !== 'utf8') return null;
  const text = body.text.trim();
  if (ERROR_XML.test(text)) return short(text);
  const isJson = text.startsWith('{') || text.startsWith('[');
  return !isJson && text.length <= LONGEST_TEXT && ERROR_TEXT.test(text) ? short(text) : null;
}

const SHOWN = 40;

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
