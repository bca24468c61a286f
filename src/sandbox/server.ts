import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ServerCertificate } from '../certificates.js';
import type { Answer } from './answer.js';
import { callOf, unreadableCall } from './call.js';
import { type DefectName, isOfLive } from './defects.js';
import { DEFAULT_DIALECT, type Dialect } from './dialect.js';
import { type Environment, generateKeys, type SandboxKeys } from './keys.js';
import { type ProblemCode, Refusal } from './problems.js';
import { DEFAULT_RATE_LIMIT, type RateLimit } from './rate-limit.js';
import { refuse, serve } from './serve.js';
import { type Call, createWorld, type World } from './world.js';

export type { SandboxKeys };

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  defects?: readonly DefectName[];
  keys?: Partial<SandboxKeys>;
  rateLimit?: RateLimit;
  /** Which of the two it says it is; a defect of the live one makes it that. */
  environment?: Environment;
  /** Speak HTTPS, with plain HTTP on another port, where it is refused. */
  tls?: boolean;
  dialect?: Dialect;
  /** Epoch ms by which idempotency keys expire; default: the clock. */
  now?: () => number;
}

export interface SandboxLogEntry {
  readonly method: string;
  readonly path: string;
  /** null until it is answered, and where the caller left before the request was whole. */
  readonly status: number | null;
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  /** Where plain HTTP is refused, and the authority behind the certificate; null without TLS. */
  readonly tls: { readonly plainUrl: string; readonly ca: string } | null;
  readonly keys: SandboxKeys;
  readonly environment: Environment;
  /** The latest requests that arrived, in order. */
  readonly log: readonly SandboxLogEntry[];
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MAX_LOG_ENTRIES = 100_000;
const TEN_MINUTES_MS = 10 * 60 * 1000;
const MAX_HEAD_BYTES = 36 * 1024;
const TIMEOUTS = {
  requestTimeout: 30_000,
  headersTimeout: 15_000,
  // Longer than clients keep idle connections, so that none is closed under a request that is on its way.
  keepAliveTimeout: 75_000,
};

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { defects = [], rateLimit = DEFAULT_RATE_LIMIT } = options;
  const environment = options.environment ?? (defects.some(isOfLive) ? 'live' : 'sandbox');
  const keys = { ...generateKeys((options.dialect ?? DEFAULT_DIALECT).auth.keyPrefixes, environment), ...options.keys };
  const world = createWorld(keys, rateLimit, defects, environment, options.dialect, options.now);
  const log: { method: string; path: string; status: number | null }[] = [];
  const certificate = options.tls === true ? await certificateOf(world) : null;

  const answerBy = (act: typeof serve) => async (request: IncomingMessage, response: ServerResponse) => {
    const call = callOf(world, request);
    const entry: (typeof log)[number] = { method: call.method, path: call.path, status: null };
    if (log.push(entry) > MAX_LOG_ENTRIES) log.shift();
    const answer = await act(world, call);
    if (!answer) return;
    entry.status = answer.status;
    send(world, call, response, answer);
  };
  const serving = createHttpServer(world, certificate, answerBy(serve));
  await listen(serving, options.port ?? 0);
  const url = `${certificate === null ? 'http' : 'https'}://${placeOf(serving)}${world.dialect.basePath}`;
  const { port } = serving.address() as AddressInfo;
  const servers = [serving];
  if (certificate !== null) {
    const refusing = createHttpServer(world, null, answerBy(world.has('serves-plain-http') ? serve : refusePlain));
    await listen(refusing, 0);
    servers.push(refusing);
  }
  const [, plain] = servers;
  const tls =
    certificate === null || plain === undefined
      ? null
      : { ca: certificate.ca, plainUrl: `http://${placeOf(plain)}${world.dialect.basePath}` };
  let closed: Promise<void> | null = null;
  const close = () => {
    closed ??= Promise.all(servers.map(closeServer)).then(() => undefined);
    return closed;
  };
  return { url, port, tls, keys, environment, log, close };
}

/** With the authority that issued it. */
type OwnCertificate = ServerCertificate & { ca: string };

async function certificateOf(world: World): Promise<OwnCertificate> {
  const { createAuthority } = await import('../certificates.js');
  const authority = await createAuthority({ days: world.has('presents-ending-certificate') ? 5 : 90 });
  return { ca: authority.pem, ...(await authority.certificateFor(HOST, 'good')) };
}

function createHttpServer(
  world: World,
  certificate: ServerCertificate | null,
  answerRequest: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Server {
  // Host and long URLs are checked by `serve`, because node's own refusals lack the promised headers.
  const settings = { ...TIMEOUTS, requireHostHeader: false, maxHeaderSize: MAX_HEAD_BYTES };
  // OpenSSL accepts old versions at its lowest security level only.
  const versions = world.has('accepts-old-tls')
    ? { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' }
    : { minVersion: 'TLSv1.2' as const };
  const server =
    certificate === null
      ? createServer(settings, answerRequest)
      : createTlsServer({ ...settings, ...versions, cert: certificate.cert, key: certificate.key }, answerRequest);
  server.on('checkExpectation', answerRequest);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuseUnreadable(world, error, socket));
  return server;
}

async function refusePlain(world: World, call: Call): Promise<Answer> {
  return refuse(world, call, new Refusal('https_required', 'This API speaks HTTPS only.'));
}

function placeOf(server: Server): string {
  return `${HOST}:${(server.address() as AddressInfo).port}`;
}

function send(world: World, call: Call, response: ServerResponse, answer: Answer): void {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (world.has('tells-wrong-time')) response.setHeader('Date', new Date(Date.now() - TEN_MINUTES_MS).toUTCString());
  if ('encrypted' in call.socket && !world.has('announces-no-hsts'))
    response.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
  response.statusCode = answer.status;
  response.end(answer.body ?? undefined);
}

function refuseUnreadable(world: World, error: NodeJS.ErrnoException, socket: Socket): void {
  // A handshake that fails leaves nobody who could read an answer.
  if (error.code === 'ECONNRESET' || error.code?.startsWith('ERR_SSL') || !socket.writable) {
    socket.destroy();
    return;
  }
  const [code, detail] = explain(error.code);
  const { status, headers, body } = refuse(world, unreadableCall(world, socket), new Refusal(code, detail));
  const text = body ?? '';
  const all = {
    ...headers,
    Date: new Date().toUTCString(),
    'Content-Length': `${Buffer.byteLength(text)}`,
    Connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`);
}

function explain(code: string | undefined): [ProblemCode, string] {
  if (code === 'HPE_HEADER_OVERFLOW') return ['headers_too_large', 'The headers are too large.'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['request_timeout', 'The request did not arrive in time.'];
  return ['malformed_request', 'The request is not well-formed HTTP.'];
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
