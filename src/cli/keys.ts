// --sign and --verify: an Ed25519 key in a PEM file.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { UserError } from '../errors.js';

const MAKE =
  'make a pair with: openssl genpkey -algorithm ed25519 -out key.pem && openssl pkey -in key.pem -pubout -out public.pem';
// Of a PEM file with one key; whatever is longer is no such file.
const LONGEST_BYTES = 65_536;

/** @throws UserError for anything but a private Ed25519 key without a passphrase. */
export async function signingKey(path: string): Promise<KeyObject> {
  const pem = await readPem(path, '--sign');
  if (!/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(pem))
    throw refusal(`--sign: ${path} is ${formOf(pem)}; expected a private Ed25519 key as PEM`);
  if (/\bENCRYPTED\b/.test(pem))
    throw refusal(`--sign: ${path} is locked by a passphrase; expected a private Ed25519 key without one`);
  return ed25519(path, '--sign', () => createPrivateKey(pem));
}

/** @throws UserError for anything but a public Ed25519 key. */
export async function verifyingKey(path: string): Promise<KeyObject> {
  const pem = await readPem(path, '--verify');
  // The key of the one who signs belongs to nobody else.
  if (!/-----BEGIN (PUBLIC KEY|CERTIFICATE)-----/.test(pem))
    throw refusal(`--verify: ${path} is ${formOf(pem)}; expected a public Ed25519 key as PEM`);
  return ed25519(path, '--verify', () => createPublicKey(pem));
}

function ed25519(path: string, option: string, read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw refusal(`${option}: ${path} holds no key that can be read (${code}); expected an Ed25519 key as PEM`);
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw refusal(`${option}: ${path} holds a key of the type ${key.asymmetricKeyType}; expected Ed25519`);
  return key;
}

async function readPem(path: string, option: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const chunks = [];
      for await (const chunk of file.createReadStream({ end: LONGEST_BYTES, autoClose: false })) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      return bytes.length > LONGEST_BYTES ? '' : bytes.toString('latin1');
    } finally {
      await file.close();
    }
  } catch (error) {
    throw refusal(`${option}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}

/** What it is instead, in words; nothing of it is shown. */
function formOf(pem: string): string {
  if (/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(pem)) return 'a private key';
  if (/-----BEGIN (?:[A-Z]+ )*PUBLIC KEY-----/.test(pem)) return 'a public key';
  return /-----BEGIN CERTIFICATE-----/.test(pem) ? 'a certificate' : 'no key';
}

function refusal(message: string): UserError {
  return new UserError('unusable-key', message, MAKE);
}
