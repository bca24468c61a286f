// Certificate authorities that live as long as the process. All private keys exist in memory only. The one place that
// loads the library, which is heavy: itself loaded only where certificates are made.
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
// What the certificate library builds on; it must be there first.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { CertificateKind } from './evidence/recording.js';

export interface Authority {
  /** The certificate to trust, PEM and DER. */
  pem: string;
  der: Buffer;
  certificateFor(host: string, kind: CertificateKind): Promise<ServerCertificate>;
}

/** As a TLS server takes it, PEM. */
export interface ServerCertificate {
  cert: string;
  key: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;
// No run lasts longer; what outlives it is worth nothing.
const DAYS = 1;
/** Reserved for tests (RFC 6761, 6.2): no client means to call it. */
const WRONG_HOST = 'wrong-host.test';
// The upper bound of a common name (RFC 5280, appendix A.1).
const LONGEST_NAME = 64;

x509.cryptoProvider.set(webcrypto);

/** `days`: how long its good certificates are valid, and a little more. */
export async function createAuthority({ days }: { days: number } = { days: DAYS }): Promise<Authority> {
  const trusted = await createIssuer('golive-check, for this run only', days);
  const keys = await generateKeys();
  const key = await privatePem(keys);
  const issued = new Map<string, Promise<ServerCertificate>>();
  let stranger: Promise<Issuer> | null = null;

  async function issue(host: string, kind: CertificateKind): Promise<ServerCertificate> {
    if (kind === 'untrusted') stranger ??= createIssuer('golive-check, an authority that nobody trusts', days);
    const issuer = kind === 'untrusted' && stranger !== null ? await stranger : trusted;
    const name = kind === 'wrong-name' ? WRONG_HOST : host;
    // A little more than whole days, so that so many are left while it is looked at.
    const end = kind === 'expired' ? Date.now() - DAY_MS : Date.now() + days * DAY_MS + DAY_MS / 2;
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: subjectOf(name),
      issuer: issuer.certificate.subject,
      notBefore: new Date(Math.min(end, Date.now()) - DAY_MS),
      notAfter: new Date(end),
      publicKey: keys.publicKey,
      signingKey: issuer.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([{ type: isIP(name) === 0 ? 'dns' : 'ip', value: name }]),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
      ],
    });
    return { key, cert: certificate.toString('pem') };
  }

  return {
    pem: `${trusted.certificate.toString('pem')}\n`,
    der: Buffer.from(trusted.certificate.rawData),
    certificateFor(host, kind) {
      const name = `${kind} ${host}`;
      const certificate = issued.get(name) ?? issue(host, kind);
      issued.set(name, certificate);
      return certificate;
    },
  };
}

interface Issuer {
  certificate: x509.X509Certificate;
  keys: webcrypto.CryptoKeyPair;
}

async function createIssuer(name: string, days: number): Promise<Issuer> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: subjectOf(name),
    issuer: subjectOf(name),
    // Older than the certificate that has expired.
    notBefore: new Date(Date.now() - 3 * DAY_MS),
    notAfter: new Date(Date.now() + (days + 1) * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function privatePem({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return x509.PemConverter.encode(pkcs8, 'PRIVATE KEY');
}

/** Positive, and too long to be drawn twice (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function subjectOf(name: string): string {
  return name.length > LONGEST_NAME ? 'CN=golive-check' : new x509.Name([{ CN: [name] }]).toString();
}
