// Which member of an answer looks like one of an enumeration, so that a value never documented may come there one day.
import { isPlain } from '../config/merge.js';
import { getPointer } from './pointer.js';

export interface EnumMember {
  pointer: string;
  known: string;
  /** It says how far the work is, so a client may rightly ask for a value that it knows. */
  decides: boolean;
}

export interface Beside {
  /** What the client sent: an echo of its own value it may rightly compare. */
  sent: unknown;
  /** JSON Pointer to the status that is polled. */
  polled: string | undefined;
  /** JSON Schema of the operation's body. */
  schema: unknown;
}

const STATUS = /(^|[_-])(status|state|phase|stage)$|(Status|State|Phase|Stage)$/;
const KIND =
  /(^|[_-])(type|kind|category|method|channel|reason|brand|tier|priority)$|(Type|Kind|Category|Method|Channel|Reason|Brand|Tier|Priority)$/;
// One word, or several joined: no id, no sentence.
const WORD = /^[A-Za-z]{2,}([_-][A-Za-z]+)*$/;
const LONGEST = 40;
const PROGRESS =
  /^(pending|processing|in[_-]?progress|queued|waiting|running|started|submitted|scheduled|complet\w*|succe\w*|paid|done|finished|settled|approved|confirmed|captured|fulfilled|delivered|ok|failed|failure|error|rejected|declined|cancel\w*)$/i;

/** Of the answer itself, or of an object in it: a status before a kind; null: none looks so. */
export function enumMemberOf(answer: unknown, beside: Beside): EnumMember | null {
  const found = membersOf(answer, '').concat(
    isPlain(answer) ? Object.keys(answer).flatMap((name) => membersOf(answer[name], pointerTo('', name))) : [],
  );
  const isOwn = (one: Found) => one.pointer !== beside.polled && getPointer(beside.sent, one.pointer) !== one.value;
  const own = found.filter(isOwn);
  const first =
    own.find(({ name, value }) => STATUS.test(name) && !PROGRESS.test(value)) ??
    own.find(({ name, value }) => KIND.test(name) || isListed(beside.schema, name, value)) ??
    own.find(({ name }) => STATUS.test(name));
  if (first === undefined) return null;
  return { pointer: first.pointer, known: first.value, decides: STATUS.test(first.name) && PROGRESS.test(first.value) };
}

interface Found {
  pointer: string;
  name: string;
  value: string;
}

function membersOf(value: unknown, parent: string): Found[] {
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' && member.length <= LONGEST && WORD.test(member)
      ? [{ pointer: pointerTo(parent, name), name, value: member }]
      : [],
  );
}

function pointerTo(parent: string, name: string): string {
  return `${parent}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

/** Whether the schema lists the value for a member of that name. */
function isListed(schema: unknown, name: string, value: string): boolean {
  const listed = getPointer(schema, `${pointerTo('/properties', name)}/enum`);
  return Array.isArray(listed) && listed.includes(value);
}
