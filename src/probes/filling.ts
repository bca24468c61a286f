// {{unique}} in calls for which a probe chose no value of its own: reads, and what comes before a create.
import { type Api, usesUnique } from './api.js';
import type { Send } from './session.js';

export function createFilling({ endpoint }: Api, send: Send, fresh: () => string): Send {
  return (id, spec, fill) => {
    const isAsked = fill.unique === undefined && usesUnique([spec, endpoint.headers, fill.headers, fill.query]);
    return send(id, spec, isAsked ? { ...fill, unique: fresh() } : fill);
  };
}
