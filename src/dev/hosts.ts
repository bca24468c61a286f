// Where sample clients run: each in a process of its own, or many inside one.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sandboxConfig, sandboxVariables } from '../sandbox/config.js';

const fileOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const KEYS = {
  key: 'sk_test_Q7mX2pL9vR4tK8wN3yB6cJ1hF5dG0sZa',
  secondAccountKey: 'sk_test_W3nV8bM1kT6xP0zL5rH9qD4yC7jF2gSe',
  revokedKey: 'sk_test_E5rT2yU7iO9pA4sD1fG6hJ8kL3zX0cVb',
  restrictedKey: 'rk_test_R9tY4uI1oP6aS3dF8gH5jK2lZ7xC0vBn',
};

export interface Host {
  /** What starts a client, before its file. */
  command: readonly string[];
}

/** As many as there are suites at once: clients that share one keep each other waiting. */
const HOSTS = 4;
const shared: Promise<Host>[] = [];
let asked = 0;

/**
 * All clients of a suite in one process, each behind a shell that stands for it: many times cheaper than Node for each.
 * A few such processes serve all who ask here, in turn, and end with this one.
 */
export function sharedHost(): Promise<Host> {
  const at = asked++ % HOSTS;
  shared[at] ??= startHost();
  return shared[at];
}

async function startHost(): Promise<Host> {
  const child = fork(fileOf('fixtures/clients/host/host.mjs'), {
    execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  });
  const port = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('the host of the sample clients ended')));
  });
  // It must not keep its parent alive.
  child.unref();
  child.channel?.unref();
  return { command: ['bash', fileOf('fixtures/clients/host/front.sh'), String(port)] };
}

/** Each client in a process of its own, as `demo` runs it. */
export const NO_HOST: Host = { command: [process.execPath] };

/** The client kind alone, of a sample client: the stub answers, so that no sandbox is needed. */
export function hostedConfig(client: string, host: Host, more: { logsIn?: boolean; repeats?: number } = {}): object {
  const file = fileOf(`fixtures/clients/${client}.mjs`);
  const config = sandboxConfig({ url: 'http://127.0.0.1:9/v1', client: file, ...more });
  // Whatever starts the client starts it by way of the host.
  const started = (value: unknown): unknown => {
    if (Array.isArray(value)) return value[1] === file ? [...host.command, ...value.slice(1)] : value.map(started);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, started(inner)]));
  };
  return started(config) as object;
}

/** What that config reads from the environment. */
export function hostedVariables(): Record<string, string> {
  return sandboxVariables(KEYS);
}
