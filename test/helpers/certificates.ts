// Certificates made in the test: a private authority, and what it issues for loopback.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

export interface Issued {
  cert: string;
  key: string;
}

export interface Request {
  /** Host names and IP addresses; default 127.0.0.1 and localhost. */
  hosts?: readonly string[];
  /** Days from now; negative: in the past. */
  beginsInDays?: number;
  endsInDays?: number;
  /** Common name; of a self-signed one alone. */
  name?: string;
}

export interface Authority {
  /** Its own certificate, as PEM. */
  pem: string;
  issue(request?: Request): Promise<Issued>;
  /** An authority under this one: a server that leaves its certificate out presents a broken chain. */
  intermediate(request?: Pick<Request, 'endsInDays'>): Promise<Authority>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
let serial = 0;

export async function makeAuthority(): Promise<Authority> {
  const keys = await makeKeys();
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity({ endsInDays: 365 }),
    name: `CN=test authority ${serial}`,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return authorityOf(own, keys.privateKey);
}

/** Signed by nobody but itself. */
export async function selfSigned(request: Request = {}): Promise<Issued> {
  const keys = await makeKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(request),
    name: `CN=${request.name ?? 'self-signed'}`,
    keys,
    extensions: [namesOf(request)],
  });
  return { cert: cert.toString('pem'), key: await pemOf(keys.privateKey) };
}

type PrivateKey = Awaited<ReturnType<typeof makeKeys>>['privateKey'];

function authorityOf(own: x509.X509Certificate, signingKey: PrivateKey): Authority {
  const sign = async (subject: string, request: Request, extensions: x509.Extension[]) => {
    const keys = await makeKeys();
    const cert = await x509.X509CertificateGenerator.create({
      ...validity(request),
      issuer: own.subject,
      subject,
      signingKey,
      publicKey: keys.publicKey,
      extensions,
    });
    return { cert, keys };
  };
  return {
    pem: own.toString('pem'),
    async issue(request = {}) {
      const { cert, keys } = await sign('CN=test server', request, [namesOf(request)]);
      return { cert: cert.toString('pem'), key: await pemOf(keys.privateKey) };
    },
    async intermediate(request = { endsInDays: 365 }) {
      const { cert, keys } = await sign(`CN=test intermediate ${serial}`, request, [
        new x509.BasicConstraintsExtension(true, undefined, true),
      ]);
      return authorityOf(cert, keys.privateKey);
    },
  };
}

function validity({ beginsInDays = -1, endsInDays = 90 }: Request) {
  return {
    serialNumber: (++serial).toString(16).padStart(4, '0'),
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() + beginsInDays * DAY_MS),
    notAfter: new Date(Date.now() + endsInDays * DAY_MS),
  };
}

function namesOf({ hosts = ['127.0.0.1', 'localhost'] }: Request): x509.Extension {
  return new x509.SubjectAlternativeNameExtension(
    hosts.map((value) => ({ type: /^[\d.]+$|:/.test(value) ? 'ip' : 'dns', value })),
  );
}

function makeKeys() {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function pemOf(key: PrivateKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
