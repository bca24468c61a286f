// What a client must be able to read, in a private folder that goes with this process. No private key is among it.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Authority } from '../certificates.js';
import { makeTemporaryFolder } from '../files/temporary.js';
import { ADDING, type Files, REPLACING } from './environment.js';
import { certificatesIn, javaTrustStore } from './trust-store.js';

export interface TrustFiles extends Files {
  remove(): void;
}

// Where Linux distributions and BSDs keep what the machine trusts.
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

export async function writeTrustFiles(authority: Authority, own: NodeJS.ProcessEnv): Promise<TrustFiles> {
  const { path, remove } = makeTemporaryFolder('golive-check');
  try {
    const files = filesIn(path);
    const replaced = await contentsOf(own, REPLACING);
    const added = await contentsOf(own, ADDING);
    const usual = replaced.length > 0 ? replaced : [await systemAuthorities()];
    const bundle = [...usual, ...added, authority.pem].join('\n');
    await mkdir(files.phpSettings);
    await Promise.all([
      writeFile(files.authority, [...added, authority.pem].join('\n')),
      writeFile(files.bundle, bundle),
      writeFile(files.trustStore, javaTrustStore(certificatesIn(bundle))),
      writeFile(
        join(files.phpSettings, 'golive-check.ini'),
        `curl.cainfo="${files.bundle}"\nopenssl.cafile="${files.bundle}"\n`,
      ),
    ]);
    return { ...files, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function filesIn(folder: string): Files {
  return {
    authority: join(folder, 'authority.pem'),
    bundle: join(folder, 'bundle.pem'),
    trustStore: join(folder, 'authorities.jks'),
    phpSettings: join(folder, 'php'),
  };
}

/** What the user's own variables name: it stays trusted. */
async function contentsOf(own: NodeJS.ProcessEnv, names: readonly string[]): Promise<string[]> {
  const paths = new Set(names.flatMap((name) => own[name] || []));
  const texts = await Promise.all([...paths].map((path) => readFile(path, 'utf8').catch(() => '')));
  return texts.filter((text) => text !== '');
}

async function systemAuthorities(): Promise<string> {
  const bundle = SYSTEM_BUNDLES.find((path) => existsSync(path));
  return bundle === undefined ? rootCertificates.join('\n') : await readFile(bundle, 'utf8');
}
