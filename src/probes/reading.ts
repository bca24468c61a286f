// Reads beside the usual traffic: bare ones, and those from vantage points.

import { shownVia } from '../config/via.js';
import type { Way } from '../evidence/exchange.js';
import type { Lack } from '../evidence/unlock.js';
import type { Api } from './api.js';
import type { CallSpec } from './call.js';

/** A GET of the read operation's path that carries nothing of ours: no key, no configured header or parameter. */
export function bareRead(api: Api, way: Way): CallSpec {
  const [path = ''] = (api.endpoint.operations.read?.path ?? '').split('?', 1);
  return api.get(path, { credential: 'none', way });
}

export interface Vantage {
  name: string;
  /** Without credentials. */
  via: string;
  listed: boolean;
  /** The address under which the API sees it, where the config says so. */
  address: string | null;
}

export function vantagesOf(api: Api): Vantage[] {
  return Object.entries(api.endpoint.egress ?? {}).map(([name, { via, listed, address }]) => ({
    name,
    via: shownVia(via),
    listed,
    address: address ?? null,
  }));
}

/** The read operation, with the key, from a vantage point; or what to configure. */
export function readFrom(api: Api, { name, via }: Vantage, changes: Partial<CallSpec> = {}): CallSpec | Lack {
  return api.call('read', { way: { kind: 'egress', name, via }, ...changes });
}
