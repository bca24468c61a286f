// One HEAD without a credential, and all that it shows: of TLS, of the answer, of the other clock.
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { version } from '../version.js';

export interface Certificate {
  /** Who issued it, in the words of the certificate. */
  issuer: string;
  /** Epoch ms; null where it cannot be read. */
  validUntilMs: number | null;
  protocol: string;
  /** Code of why it is not trusted; null: it is. */
  doubt: string | null;
}

export interface Answer {
  status: number;
  /** Of the header Date. */
  date: string | null;
  /** Of the header Age, in seconds: a cache may have kept the answer, and its date. */
  ageS: number;
  /** Epoch ms on our clock. */
  askedAtMs: number;
  tookMs: number;
}

export interface Asked {
  /** null: the URL is no https, or no handshake came to its end. */
  certificate: Certificate | null;
  answer: Answer | null;
  /** Code of the error where no answer came. */
  error: string | null;
}

export function askHead(url: URL, { ca, signal }: { ca: string | null; signal: AbortSignal }): Promise<Asked> {
  return new Promise((resolve) => {
    const asked: Asked = { certificate: null, answer: null, error: null };
    let askedAtMs = Date.now();
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'HEAD',
      headers: { 'User-Agent': `golive-check/${version}`, Connection: 'close' },
      agent: false,
      signal,
      // Nothing secret is sent, and a certificate that is not trusted is to be told of.
      rejectUnauthorized: false,
      ...(ca === null ? {} : { ca }),
    });
    request.on('socket', (socket) => {
      socket.once('secureConnect', () => {
        asked.certificate = certificateOf(socket as TLSSocket);
        askedAtMs = Date.now();
      });
      socket.once('connect', () => {
        askedAtMs = Date.now();
      });
    });
    request.on('response', ({ statusCode = 0, headers }) => {
      const ageS = Number(headers.age ?? 0);
      asked.answer = {
        status: statusCode,
        date: headers.date ?? null,
        ageS: Number.isFinite(ageS) && ageS > 0 ? ageS : 0,
        askedAtMs,
        tookMs: Date.now() - askedAtMs,
      };
      resolve(asked);
      request.destroy();
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      asked.error = signal.aborted ? 'ETIMEDOUT' : (error.code ?? error.message);
      resolve(asked);
    });
    request.end();
  });
}

function certificateOf(socket: TLSSocket): Certificate {
  const { issuer = {}, valid_to: validTo } = socket.getPeerCertificate() as Partial<
    ReturnType<TLSSocket['getPeerCertificate']>
  >;
  const { CN: name, O: organisation } = issuer as { CN?: string; O?: string };
  const until = Date.parse(validTo ?? '');
  return {
    issuer: [name, organisation].filter((one) => one !== undefined).join(', ') || 'an issuer without a name',
    validUntilMs: Number.isNaN(until) ? null : until,
    protocol: socket.getProtocol() ?? 'TLS',
    // A text, whatever its type says: the code of what OpenSSL or the comparison of names found.
    doubt: socket.authorized ? null : String(socket.authorizationError),
  };
}
