// Java reads authorities from a key store only. JKS is the one that needs nothing but bytes in order: a magic number, a
// version, the entries (kind, alias, date, certificate), and a digest over a fixed phrase and all of it.
import { createHash } from 'node:crypto';

const MAGIC = 0xfeedfeed;
const VERSION = 2;
const TRUSTED_CERTIFICATE = 2;
// Java's own choice; it guards nothing here, for there is no secret inside.
const PASSWORD = 'changeit';
const PHRASE = 'Mighty Aphrodite';

/** From certificates in DER. */
export function javaTrustStore(certificates: readonly Buffer[]): Buffer {
  const store = Buffer.concat([
    uint32(MAGIC),
    uint32(VERSION),
    uint32(certificates.length),
    ...certificates.flatMap((der, at) => [
      uint32(TRUSTED_CERTIFICATE),
      text(`authority-${at}`),
      Buffer.alloc(8),
      text('X.509'),
      uint32(der.length),
      der,
    ]),
  ]);
  const digest = createHash('sha1').update(Buffer.from(PASSWORD, 'utf16le').swap16()).update(PHRASE).update(store);
  return Buffer.concat([store, digest.digest()]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(ascii: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(ascii.length);
  return Buffer.concat([length, Buffer.from(ascii, 'ascii')]);
}

/** The certificates of a PEM file, as DER. */
export function certificatesIn(pem: string): Buffer[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g);
  return [...blocks].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
}
