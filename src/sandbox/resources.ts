import type { FieldError } from './problems.js';

export type FieldRule = (
  | { readonly type: 'string'; readonly max: number; readonly pattern?: RegExp; readonly says?: string }
  | { readonly type: 'positive-integer' }
) & { readonly optional?: true };

export interface Resource {
  /** Path segment and, in a batch, the member that holds the items. */
  readonly collection: string;
  readonly singular: string;
  readonly idPrefix: string;
  /** The `status` member of a new resource. */
  readonly status: string;
  readonly requiresKey: boolean;
  /** Every account begins with so many, and can only read them. */
  readonly seeded?: { readonly count: number; item(number: number): Fields };
  readonly fields: Readonly<Record<string, FieldRule>>;
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
  if (!isObject(body)) return { ok: false, errors: [{ pointer, detail: 'must be an object' }] };
  const fields: Fields = {};
  const errors: FieldError[] = [];
  for (const [name, rule] of Object.entries(resource.fields)) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined) {
      if (!partial && !rule.optional) errors.push({ pointer: `${pointer}/${name}`, detail: 'is required' });
      continue;
    }
    const detail = value === null && rule.optional ? null : complaint(rule, value);
    if (detail) errors.push({ pointer: `${pointer}/${name}`, detail });
    else fields[name] = value ?? undefined;
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, fields };
}

function complaint(rule: FieldRule, value: unknown): string | null {
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
