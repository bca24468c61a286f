// An OpenAPI description (2.0, 3.0, 3.1; JSON or YAML; one file or several) as one OpenAPI 3.1 document.
import { UserError } from '../errors.js';
import { bundle, refuseAt } from './bundle.js';
import { type Place, placeIn, reader, shownPlaceOf } from './read.js';
import { type Json, resolveRefs } from './resolve.js';
import { refuseWrongShape, type SpecVersion, versionOf } from './shape.js';

export interface Description {
  /** The file or URL that was read. */
  file: string;
  /** The version that it is written in. */
  version: SpecVersion;
  /**
   * OpenAPI 3.1 with each `$ref` in place of what it names; where that would go in a circle, the `$ref` stays. What is named
   * twice is the same object twice: written out as JSON it may be endless, so walk it by need.
   */
  document: Json;
  /** The same with each `$ref` as it is, all of them within. Small enough to be written out. */
  bundled: Json;
}

export interface LoadDescriptionOptions {
  /** The folder that a relative place starts from. */
  cwd: string;
  /** Reads a URL; default: by fetch. Asked only where `place` itself is a URL, and for the same origin. */
  fetchUrl?: (url: string) => Promise<string>;
}

/** @throws UserError with file, line where there is one, what was found and what was expected. */
export async function loadDescription(place: string, { cwd, fetchUrl }: LoadDescriptionOptions): Promise<Description> {
  const root: Place = placeIn(place, cwd);
  const read = reader(root, fetchUrl);
  try {
    const source = await read(root);
    const version = await versionOf(source);
    const whole = await bundle(source, root, read, version);
    const upgraded = await upgrade(whole);
    await refuseWrongShape(upgraded, (path, text) => refuseAt(source, path, text));
    return { file: shownPlaceOf(root), version, document: resolveRefs(upgraded), bundled: upgraded };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Everything that walks through a document calls itself for each level.
    throw new UserError(
      'invalid-openapi',
      `${shownPlaceOf(root)}: found maps or lists too deep to walk through; expected an OpenAPI description as somebody writes one`,
    );
  }
}

async function upgrade(whole: Json): Promise<Json> {
  const { upgrade: upgradeTo } = await import('@scalar/openapi-upgrader');
  return upgradeTo(whole, '3.1') as unknown as Json;
}
