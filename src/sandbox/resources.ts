import { own } from '../config/merge.js';
import type { FieldError } from './problems.js';

export type FieldRule = (
  | { readonly type: 'string'; readonly max: number; readonly pattern?: RegExp; readonly says?: string }
  | { readonly type: 'positive-integer' }
  | { readonly type: 'positive-number' }
  | { readonly type: 'object'; readonly fields: FieldRules }
  /** Of objects, at least one. */
  | { readonly type: 'list'; readonly fields: FieldRules }
) & { readonly optional?: true };

export type FieldRules = Readonly<Record<string, FieldRule>>;

/** Which answer an item stands in. */
export type ShownAt = 'create' | 'read' | 'list';

export interface Resource {
  /** Path segment and, in a batch, the member that holds the items. */
  readonly collection: string;
  readonly singular: string;
  readonly idPrefix: string;
  /** The `status` member of a new resource. */
  readonly status: string;
  readonly requiresKey: boolean;
  /** What can be done with one, beside creating and reading it; default: everything. */
  readonly offers?: readonly ('update' | 'remove' | 'batch')[];
  /** Default: 201. */
  readonly createdStatus?: number;
  /** A member that names an item of another collection, which is good for so long only. */
  readonly consumes?: { readonly member: string; readonly collection: string; readonly validMs: number };
  /** How an item is shown; default: as it is stored. */
  show?(item: Fields, at: ShownAt): Fields;
  /** What a removal is answered; default: 204. */
  removed?(id: string): Fields;
  readonly readOnly?: true;
  /** Every account begins with so many. */
  readonly seeded?: { readonly count: number; item(number: number): Fields };
  readonly fields: FieldRules;
}

export const RESOURCES: readonly Resource[] = [
  {
    collection: 'orders',
    singular: 'order',
    idPrefix: 'ord_',
    status: 'accepted',
    requiresKey: true,
    fields: {
      reference: { type: 'string', max: 200 },
      amount: { type: 'positive-integer' },
      currency: { type: 'string', max: 3, pattern: /^[A-Z]{3}$/, says: 'must be three upper-case letters' },
      note: { type: 'string', max: 2000, optional: true },
    },
  },
  {
    collection: 'users',
    singular: 'user',
    idPrefix: 'usr_',
    status: 'active',
    requiresKey: false,
    fields: {
      name: { type: 'string', max: 200 },
      email: { type: 'string', max: 254, pattern: /^[^\s@]+@[^\s@]+$/, says: 'must be an e-mail address' },
    },
  },
  {
    collection: 'templates',
    singular: 'template',
    idPrefix: 'tpl_',
    status: 'active',
    requiresKey: false,
    fields: {
      name: { type: 'string', max: 200 },
      text: { type: 'string', max: 10_000 },
    },
  },
  {
    collection: 'products',
    singular: 'product',
    idPrefix: 'prd_',
    status: 'available',
    requiresKey: false,
    readOnly: true,
    fields: { name: { type: 'string', max: 200 }, amount: { type: 'positive-integer' } },
    // More than one page at the largest page size.
    seeded: { count: 120, item: (number) => ({ name: `Gift card ${number}`, amount: 100 * number }) },
  },
];

export type Fields = Record<string, unknown>;
export type Checked =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly errors: FieldError[] };

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Unknown members are ignored, as tolerant readers do. A partial body may clear an optional field with null. */
export function checkFields(resource: Resource, body: unknown, partial: boolean, pointer = ''): Checked {
  return checkMembers(resource.fields, body, partial, pointer);
}

function checkMembers(rules: FieldRules, body: unknown, partial: boolean, pointer: string): Checked {
  if (!isObject(body)) return { ok: false, errors: [{ pointer, detail: 'must be an object' }] };
  const fields: Fields = {};
  const errors: FieldError[] = [];
  for (const [name, rule] of Object.entries(rules)) {
    const value = own(body, name);
    const place = `${pointer}/${name}`;
    if (value === undefined) {
      if (!partial && !rule.optional) errors.push({ pointer: place, detail: 'is required' });
      continue;
    }
    const found = value === null && rule.optional ? [] : complaints(rule, value, place);
    if (found.length > 0) errors.push(...found);
    else fields[name] = value ?? undefined;
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, fields };
}

function complaints(rule: FieldRule, value: unknown, pointer: string): FieldError[] {
  if (rule.type === 'object') return errorsOf(checkMembers(rule.fields, value, false, pointer));
  if (rule.type === 'list') {
    if (!Array.isArray(value) || value.length === 0) return [{ pointer, detail: 'must be a list of at least one' }];
    return value.flatMap((item, at) => errorsOf(checkMembers(rule.fields, item, false, `${pointer}/${at}`)));
  }
  const detail = complaint(rule, value);
  return detail === null ? [] : [{ pointer, detail }];
}

function errorsOf(checked: Checked): FieldError[] {
  return checked.ok ? [] : checked.errors;
}

function complaint(rule: Exclude<FieldRule, { type: 'object' | 'list' }>, value: unknown): string | null {
  if (rule.type === 'positive-number')
    return typeof value === 'number' && value > 0 ? null : 'must be a positive number';
  if (rule.type === 'positive-integer') {
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? null : 'must be a positive integer';
  }
  if (typeof value !== 'string') return 'must be a string';
  if (rule.pattern && !rule.pattern.test(value)) return rule.says ?? 'has the wrong form';
  const length = [...value].length;
  return length >= 1 && length <= rule.max ? null : `must have 1 to ${rule.max} characters`;
}

/** A form knows only text; what is not a plain number stays text and fails the check of its field. */
export function fieldsOfForm(resource: Resource, form: URLSearchParams): Fields {
  const numeric = (name: string) => resource.fields[name]?.type === 'positive-integer';
  return Object.fromEntries(
    [...form].map(([name, value]) => [name, numeric(name) && /^-?\d{1,15}$/.test(value) ? Number(value) : value]),
  );
}
