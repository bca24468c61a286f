// What an OpenAPI description says that calls are answered, for the stub that answers while a client is learned.

import { answersOf } from '../openapi/derive/answers.js';
import type { Node } from '../openapi/derive/document.js';
import { serversOf } from '../openapi/derive/servers.js';
import { loadDescription } from '../openapi/load.js';
import type { StubOperation } from '../proxy/stub.js';

// A server that is written without a host stands below any.
const ANY_HOST = 'http://localhost/';

/** @throws UserError where there is no such description, or it is none. */
export async function describedOperations(place: string, cwd: string): Promise<StubOperation[]> {
  const { document } = await loadDescription(place, { cwd });
  const { sample } = await import('../openapi/derive/sampler.js');
  const answers = answersOf(document as Node, sample);
  // A client calls one of the servers, or one that stands below none of their paths.
  const bases = new Set([...basesOf(document as Node), '']);
  return [...bases].flatMap((base) =>
    answers.map(({ method, path, status, body, id }) => ({
      name: `${method} ${base}${path}`,
      method,
      path: `${base}${path}`,
      status,
      ...(body === undefined ? {} : { answer: body }),
      ...(id === null ? {} : { id }),
    })),
  );
}

function basesOf(document: Node): string[] {
  return serversOf(document, ANY_HOST).map(({ url }) => new URL(url).pathname.replace(/\/$/, ''));
}
