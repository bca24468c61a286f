// Sends one delivery as it is: names in their case, repeated headers, no redirect followed.
import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopback } from '../../config/environments.js';
import type { Delivery } from '../../webhook/delivery.js';

const PATIENCE_MS = 30_000;
const MOST_BYTES = 65_536;

export interface Answer {
  /** null: none came. */
  status: number | null;
  /** Of what came; where nothing did, why. */
  text: string;
  tookMs: number;
}

export async function deliver(url: URL, { method, headers, body }: Delivery, allowRemote: boolean): Promise<Answer> {
  const startedAtMs = performance.now();
  const bytes = Buffer.from(body ?? '');
  const sent = [
    ['Host', url.host],
    ['Connection', 'close'],
    ...(body === null ? [] : [['Content-Length', String(bytes.length)]]),
    ...headers,
  ];
  const answer = await new Promise<Omit<Answer, 'tookMs'>>((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ status: null, text: error.code ?? error.message });
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        method,
        headers: sent.flat(),
        agent: false,
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(allowRemote ? {} : { lookup: loopbackAlone }),
      },
      (response) => {
        const status = response.statusCode ?? null;
        const chunks: Buffer[] = [];
        let length = 0;
        const end = () => resolve({ status, text: Buffer.concat(chunks).toString() });
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length < MOST_BYTES) return;
          end();
          response.destroy();
        });
        response.on('end', end);
        response.on('error', end);
      },
    );
    request.on('error', fail);
    request.end(bytes);
  });
  return { ...answer, tookMs: performance.now() - startedAtMs };
}

/** Whatever a name of this machine stands for elsewhere. */
const loopbackAlone: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const own = (addresses ?? []).filter(({ address }) => isLoopback(address));
    const [first] = own;
    if (error !== null) done(error, []);
    else if (first === undefined)
      done(Object.assign(new Error(`${host} is no loopback address`), { code: 'ENOTLOOPBACK' }), []);
    else if (options.all === true) done(null, own);
    else done(null, first.address, first.family);
  });
};
