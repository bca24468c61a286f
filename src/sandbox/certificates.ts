// Certificates for the sandbox over TLS, made at its start: none lies in the package, none outlives the process.
// The one place that loads the library, which is heavy: itself loaded only where TLS is spoken.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

export interface ServerCertificate {
  cert: string;
  key: string;
  /** The authority that issued it, as PEM. */
  ca: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export async function makeCertificate(host: string, days: number): Promise<ServerCertificate> {
  const [authority, own] = await Promise.all([makeKeys(), makeKeys()]);
  const notBefore = new Date(Date.now() - DAY_MS);
  const common = { notBefore, signingAlgorithm: ALGORITHM };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...common,
    name: 'CN=golive-check sandbox authority',
    serialNumber: '01',
    notAfter: new Date(Date.now() + 365 * DAY_MS),
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const server = await x509.X509CertificateGenerator.create({
    ...common,
    issuer: ca.subject,
    subject: `CN=${host}`,
    serialNumber: '02',
    // A little more than whole days, so that so many are left while it is looked at.
    notAfter: new Date(Date.now() + days * DAY_MS + DAY_MS / 2),
    signingKey: authority.privateKey,
    publicKey: own.publicKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: host }]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', own.privateKey);
  return { cert: server.toString('pem'), ca: ca.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}

function makeKeys() {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
