// {{…}} that a config may hold, place by place: what is not understood is refused, never sent as it stands.
import { distance } from 'fastest-levenshtein';
import { readSlot, slotsIn } from '../templates.js';
import type { Path } from './env.js';
import { at, type Complaint, nearest } from './issues.js';
import { isPlain } from './merge.js';
import { quoted } from './shown.js';

/** `isStrict: false`: texts that are not filled in at all, where only what seems to be meant for it is refused. */
interface Rule {
  place: RegExp;
  known: (config: unknown, path: Path) => readonly string[];
  isStrict: boolean;
}

const OPERATION = '^endpoint\\.operations\\.([^.]+)\\.';
/** Probes call them, and no resource is there yet. */
const WITHOUT_ID = ['read', 'create', 'list', 'batch'];
const FORMS = ['unique', 'unique:number', 'unique:12', 'unique:12:0-9A-Z'];

// The first that fits a place counts.
const RULES: readonly Rule[] = [
  { place: new RegExp(`${OPERATION}(poll|delete)\\.path$`), known: () => [...FORMS, 'id'], isStrict: true },
  { place: new RegExp(`${OPERATION}count\\.(path|query)`), known: () => [...FORMS, 'key'], isStrict: true },
  { place: new RegExp(`${OPERATION}path$`), known: ofPath, isStrict: true },
  { place: new RegExp(`${OPERATION}(query|headers|body|form|changes|fails)(\\.|$)`), known: ofCall, isStrict: true },
  { place: /^endpoint\.headers\./, known: () => FORMS, isStrict: true },
  { place: /^client\.service\.trigger\.(url|headers|body)(\.|$)/, known: () => FORMS, isStrict: true },
  { place: /^contract\.errors\.(default|byStatus\.[^.]+)\.sample\./, known: () => ['requestId'], isStrict: true },
  { place: new RegExp(`${OPERATION}(answer|answerHeaders)(\\.|$)`), known: () => [], isStrict: false },
  { place: /^webhook\.(event|earlier|slow)(\.|$)/, known: () => FORMS, isStrict: true },
  { place: /^(client\.(env|logs)|webhook\.env)\./, known: () => ['lane'], isStrict: false },
];

/** `written`: the layers as one, before references are filled in, so that no secret is looked at. */
export function badTemplatesIn(written: unknown): Complaint[] {
  const complaints: Complaint[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === 'string') complaints.push(...complaintsOf(value, path, written));
    else if (Array.isArray(value)) value.forEach((one, index) => void visit(one, [...path, index]));
    else if (isPlain(value))
      for (const [name, one] of Object.entries(value)) {
        complaints.push(...complaintsOf(name, [...path, name], written));
        visit(one, [...path, name]);
      }
  };
  for (const section of ['contract', 'endpoint', 'client', 'webhook']) visit(at(written, [section]), [section]);
  return complaints;
}

function complaintsOf(text: string, path: Path, config: unknown): Complaint[] {
  if (!text.includes('{{')) return [];
  const rule = RULES.find(({ place }) => place.test(path.join('.')));
  if (rule === undefined) return [];
  const known = rule.known(config, path);
  return slotsIn(text).flatMap(({ inner, isClosed }) => {
    const problem = isClosed ? problemWith(inner, known) : 'no closing }}';
    if (problem === null || (!rule.isStrict && !isMeant(inner, known))) return [];
    const meant = nearestSlot(inner, known);
    const found = isClosed ? `{{${inner}}}` : `{{${inner}`;
    return [
      {
        path,
        text: `found ${quoted(found)}; expected ${problem}${meant === null ? '' : `; did you mean "{{${meant}}}"?`}`,
      },
    ];
  });
}

/** A misspelt name; anything else may be a template of somebody else's. */
function isMeant(inner: string, known: readonly string[]): boolean {
  const names = known.length === 0 ? ['unique', 'requestId'] : known;
  return names.some((name) => distance(inner.trim().toLowerCase(), name.toLowerCase()) <= 1);
}

/** What would have been right; null: nothing is wrong. */
function problemWith(inner: string, known: readonly string[]): string | null {
  const slot = readSlot(inner);
  const isUnique = known.includes('unique');
  if (typeof slot === 'string' && slot !== 'unknown' && isUnique) return slot;
  if (typeof slot !== 'string' && (known.includes(slot.name) || (slot.name === 'unique' && isUnique))) return null;
  const choices = known.map((one) => `{{${one}}}`).join(', ');
  return `${choices === '' ? 'no template here' : `one of ${choices}`} (or \\{{ for braces that are sent)`;
}

function nearestSlot(inner: string, known: readonly string[]): string | null {
  const bare = inner.trim();
  return known.includes(bare) ? bare : nearest(bare, known);
}

function ofPath(config: unknown, path: Path): readonly string[] {
  const [, , name = ''] = path.map(String);
  return [...ofCall(config, path), ...(isCalledWithoutId(config, name) ? [] : ['id'])];
}

function ofCall(config: unknown, path: Path): readonly string[] {
  const [, , name = ''] = path.map(String);
  const takes = at(config, ['endpoint', 'operations', name, 'takes']);
  // A read carries no idempotency key.
  const key = name === 'read' || name === 'list' ? [] : ['key'];
  return [...FORMS, ...key, ...(isPlain(takes) ? Object.keys(takes) : [])];
}

function isCalledWithoutId(config: unknown, name: string): boolean {
  const named = [
    ['contract', 'batch', 'operation'],
    ['contract', 'pagination', 'operation'],
    ['contract', 'rateLimit', 'operation'],
  ].map((path) => at(config, path));
  return WITHOUT_ID.includes(name) || (name !== 'update' && named.includes(name));
}
