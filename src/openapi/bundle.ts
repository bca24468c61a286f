// One document of several files: each `$ref` leads to a place within, and to one that is there.
import { basename, extname } from 'node:path';
import type { Path } from '../config/env.js';
import { didYouMean } from '../config/issues.js';
import { isPlain } from '../config/merge.js';
import type { Source } from '../config/parsed.js';
import { quoted, shownPath, shownPlace } from '../config/shown.js';
import { UserError } from '../errors.js';
import { getPointer, stepsOf } from '../evidence/pointer.js';
import { type Place, placeFrom, type Read, whyForbidden } from './read.js';
import { type Json, pointerOf, refOf } from './resolve.js';

/** Maps whose members have names that people chose. */
const NAMED = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'schemas',
  'responses',
  'parameters',
  'requestBodies',
  'headers',
  'callbacks',
  'paths',
]);
/** What stands there is data, whatever it looks like. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const', 'value']);
const SCHEMAS = new Set(['schema', 'schemas', 'definitions', '$defs']);

interface Spot {
  source: Source;
  place: Place;
  path: Path;
  /** Its members have names of their own, so that none of them is a word of OpenAPI. */
  isNamed: boolean;
  isSchema: boolean;
}

export async function bundle(root: Source, place: Place, read: Read, version: string): Promise<Json> {
  const schemasAt = version === '2.0' ? ['definitions'] : ['components', 'schemas'];
  const bundler = new Bundler(root, place, read, schemasAt);
  const whole = await bundler.copy(root.raw, { source: root, place, path: [], isNamed: false, isSchema: false });
  return bundler.withAdded(whole as Record<string, unknown>);
}

class Bundler {
  readonly #root: Source;
  readonly #place: Place;
  readonly #read: Read;
  readonly #schemasAt: readonly string[];
  /** Schemas of other files: by file and pointer, the name that each has within. */
  readonly #names = new Map<string, string>();
  readonly #added = new Map<string, unknown>();
  readonly #open: string[] = [];

  constructor(root: Source, place: Place, read: Read, schemasAt: readonly string[]) {
    this.#root = root;
    this.#place = place;
    this.#read = read;
    this.#schemasAt = schemasAt;
  }

  async copy(node: unknown, spot: Spot): Promise<unknown> {
    if (Array.isArray(node)) {
      const items: unknown[] = [];
      for (const [at, one] of node.entries()) items.push(await this.copy(one, within(spot, at)));
      return items;
    }
    if (!isPlain(node)) return node;
    const ref = spot.isNamed ? null : refOf(node);
    if (ref !== null) return this.#referred(node, ref, spot);
    const copied: [string, unknown][] = [];
    for (const [name, one] of Object.entries(node)) {
      const isData = !spot.isNamed && (DATA.has(name) || name.startsWith('x-'));
      copied.push([name, isData ? one : await this.copy(one, within(spot, name))]);
    }
    return Object.fromEntries(copied);
  }

  async #referred(node: Record<string, unknown>, ref: string, spot: Spot): Promise<unknown> {
    const { $ref: _, ...beside } = node;
    const [file = '', fragment = ''] = ref.split('#', 2);
    const refuse = (text: string) => refuseAt(spot.source, [...spot.path, '$ref'], text);
    const place = file === '' ? spot.place : placeFrom(spot.place, file);
    const forbidden = whyForbidden(this.#place, place);
    if (forbidden !== null) return refuse(`found ${quoted(ref)}; ${forbidden}`);
    const pointer = pointerOf(fragment);
    if (pointer === null)
      return refuse(`found ${quoted(ref)}; expected a place within a document, such as #/components/schemas/Order`);
    const source = await this.#read(place).catch((error: unknown) => {
      if (!(error instanceof UserError) || error.code !== 'unreadable-openapi') throw error;
      return refuse(`found ${quoted(ref)}, but ${error.message}`);
    });
    const found = getPointer(source.raw, pointer);
    if (found === undefined) return refuse(`found ${quoted(ref)}, which is not there; ${nearby(source.raw, pointer)}`);
    if (place === this.#place) return { ...beside, $ref: `#${fragment}` };
    const target: Spot = { source, place, path: stepsOf(pointer), isNamed: false, isSchema: spot.isSchema };
    if (spot.isSchema) return { ...beside, $ref: await this.#nameOf(`${place}#${pointer}`, found, target) };
    return this.#inPlace(`${place}#${pointer}`, found, target, beside, refuse);
  }

  /** A schema may lead back to itself, so it gets a name, and is copied once. */
  async #nameOf(key: string, found: unknown, target: Spot): Promise<string> {
    const known = this.#names.get(key);
    const name = known ?? this.#free(String(target.path.at(-1) ?? basename(target.place, extname(target.place))));
    if (known === undefined) {
      this.#names.set(key, name);
      this.#added.set(name, await this.copy(found, target));
    }
    return `#/${[...this.#schemasAt, name].join('/')}`;
  }

  async #inPlace(
    key: string,
    found: unknown,
    target: Spot,
    beside: Record<string, unknown>,
    refuse: (text: string) => Promise<never>,
  ): Promise<unknown> {
    if (this.#open.includes(key))
      return refuse('found a $ref that goes in a circle; expected one that leads to an end');
    this.#open.push(key);
    const copied = await this.copy(found, target);
    this.#open.pop();
    return isPlain(copied) ? { ...copied, ...beside } : copied;
  }

  #free(wanted: string): string {
    const plain = wanted.replace(/[^\w.-]/g, '_');
    const taken = getPointer(this.#root.raw, `/${this.#schemasAt.join('/')}`);
    const isTaken = (name: string) =>
      (isPlain(taken) && Object.hasOwn(taken, name)) || [...this.#names.values()].includes(name);
    let name = plain;
    for (let at = 2; isTaken(name); at += 1) name = `${plain}_${at}`;
    return name;
  }

  withAdded(whole: Record<string, unknown>): Json {
    if (this.#added.size === 0) return whole;
    const [first = '', second] = this.#schemasAt;
    const outer = isPlain(whole[first]) ? whole[first] : {};
    const added = Object.fromEntries(this.#added);
    if (second === undefined) return { ...whole, [first]: { ...outer, ...added } };
    const inner = isPlain(outer[second]) ? outer[second] : {};
    return { ...whole, [first]: { ...outer, [second]: { ...inner, ...added } } };
  }
}

function within(spot: Spot, name: string | number): Spot {
  const isWord = !spot.isNamed && typeof name === 'string';
  return {
    ...spot,
    path: [...spot.path, name],
    isNamed: isWord && NAMED.has(name),
    isSchema: spot.isSchema || (isWord && SCHEMAS.has(name)),
  };
}

/** What stands where the pointer ends. */
function nearby(document: unknown, pointer: string): string {
  const steps = stepsOf(pointer);
  const last = steps.pop() ?? '';
  const parent = getPointer(
    document,
    steps.map((step) => `/${step.replace(/~/g, '~0').replace(/\//g, '~1')}`).join(''),
  );
  const known = isPlain(parent) ? Object.keys(parent) : [];
  return `expected a place that the document has${didYouMean(last, known)}`;
}

export async function refuseAt(source: Source, path: Path, text: string): Promise<never> {
  const place = shownPlace(source.file, await source.placeOf(path));
  const shown = path.length === 0 ? 'description' : shownPath(path);
  throw new UserError('invalid-openapi', `${place}: ${shown}: ${text}`);
}
