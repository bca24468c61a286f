import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKLISTS } from '../checklists/index.js';
import type { Provider } from '../config/contracts/define.js';
import { builtInContract } from '../config/contracts/find.js';
import { CONTRACTS } from '../config/contracts/index.js';
import { didYouMean } from '../config/issues.js';
import { resolveSource } from '../config/load.js';
import { own } from '../config/merge.js';
import { UserError } from '../errors.js';
import { makeTemporaryFolder } from '../files/temporary.js';
import { openState } from '../memory/target.js';
import { hasLoopbackAddresses } from '../sandbox/addresses.js';
import { CLIENTS, type ClientName, GOOD_CLIENT, isIntercepted, isLoggingIn } from '../sandbox/clients.js';
import { partConfig, sandboxConfig, sandboxVariables, receiverOf as webhookAs } from '../sandbox/config.js';
import { DEFECTS, type DefectName } from '../sandbox/defects.js';
import { sandboxDescription } from '../sandbox/description.js';
import { DEFAULT_DIALECT } from '../sandbox/dialect.js';
import { freePort } from '../sandbox/free-port.js';
import { generateKeys } from '../sandbox/keys.js';
import type { Part } from '../sandbox/parts/define.js';
import { partOf } from '../sandbox/parts/find.js';
import { GOOD_RECEIVER, RECEIVERS, type ReceiverName, receiverCommand } from '../sandbox/receivers.js';
import { makeRepository } from '../sandbox/repository.js';
import { startSandbox } from '../sandbox/server.js';
import { PACKAGE_ROOT } from '../version.js';
import { againOfDemo } from './again.js';
import type { Flags } from './flags.js';
import { type Gate, gateFor } from './gate.js';
import { catchInterrupts } from './interrupt.js';
import { type Output, parseOutputs } from './outputs.js';
import { rehearse } from './rehearse.js';
import type { CommandResult } from './result.js';
import { runTargets } from './run-targets.js';
import { defectsOf } from './sandbox.js';

const OWN_LISTS = CHECKLISTS.filter(({ source }) => source === null).map(({ provider }) => provider);

/** The whole tool against the embedded sandbox: no account, no config, nothing but loopback. */
export async function demo(flags: Flags<'demo'>): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
  const gate = await gateFor(flags);
  const client = clientOf(flags.client ?? GOOD_CLIENT);
  const receiver = receiverOf(flags.receiver ?? GOOD_RECEIVER);
  const provider = flags.as === undefined ? null : await providerOfWebhooks(flags.as);
  if (provider !== null) return await demoReceiver(provider, receiver, flags, outputs, gate);
  const list = flags.as === undefined ? null : await listBeside(flags.as);
  const part = flags.as === undefined || list !== null ? null : await partOf(flags.as, OWN_LISTS);
  const defects = defectsOf(flags.defect ?? []);
  for (const name of part === null ? [] : defects.filter((one) => !isPromised(one, part)))
    process.stderr.write(
      `golive-check: ${name} breaks nothing that ${flags.as} promises, so no check will fail for it\n`,
    );
  const interruption = catchInterrupts();
  const clock = { backMs: 0 };
  const now = () => Date.now() - clock.backMs;
  const sandbox = await startSandbox({
    tls: true,
    defects,
    now,
    ...(part === null ? {} : { dialect: part.dialect }),
    ...(flags.live === true ? { environment: 'live' as const } : {}),
  });
  const folder = makeTemporaryFolder('golive-check-demo');
  try {
    const evidence = 'integration.md';
    await writeFile(join(folder.path, evidence), 'What the sample team would show for its attestations.\n');
    const description = 'openapi.json';
    await writeFile(join(folder.path, description), JSON.stringify(sandboxDescription(sandbox.url)));
    const repository = part === null ? null : await makeRepository(folder.path);
    const target = {
      ...sandbox,
      client: `${PACKAGE_ROOT}fixtures/clients/${client}.mjs`,
      addresses: await hasLoopbackAddresses(),
      intercepted: isIntercepted(client),
      logsIn: isLoggingIn(client),
      receiver: { command: receiverCommand(receiver, PACKAGE_ROOT), port: await freePort() },
      evidence,
      description,
      ...(repository === null ? {} : { source: repository }),
    };
    const source = {
      raw:
        flags.as === undefined || part === null
          ? { ...sandboxConfig(target), ...list }
          : partConfig(await builtInContract(flags.as, '--as'), part, target),
      file: join(folder.path, 'demo.json'),
      placeOf: async () => null,
    };
    const environment = { ...process.env, ...sandboxVariables(sandbox.keys), ...part?.variables?.(sandbox.keys) };
    const targets = await resolveSource(source, { cwd: process.cwd(), environment });
    const path = join(folder.path, 'state.json');
    // The sandbox takes keys and knows no log-in: of such a client, its own half alone.
    const wanted = isLoggingIn(client) ? { only: ['client'], ...flags } : flags;
    const selection = { only: wanted.only ?? [], skip: wanted.skip ?? [] };
    for (const target of targets) await rehearse(target, selection, path, clock, environment, interruption.signal);
    return await runTargets(targets, wanted, outputs, environment, {
      state: await openState(path),
      interruption,
      gate,
      again: () => againOfDemo(flags),
    });
  } finally {
    folder.remove();
    await sandbox.close();
  }
}

/** What the config extends under a list of ours, which no sandbox plays; null: nothing but a list alone is one. */
async function listBeside(name: string): Promise<{ extends: string[] } | null> {
  const { beside } = (await own(CONTRACTS, name)?.()) ?? {};
  return beside === undefined ? null : { extends: [beside, name] };
}

/** null: its API is played, too, or nothing is known by that name. */
async function providerOfWebhooks(name: string): Promise<Provider | null> {
  const provider = await own(CONTRACTS, name)?.();
  const { contract = {}, endpoint } = provider?.layer ?? {};
  // Every contract has a name and sources.
  const { name: _name, sources: _sources, webhook, ...others } = contract;
  const isAlone = endpoint === undefined && webhook !== undefined && Object.keys(others).length === 0;
  return provider !== undefined && isAlone ? provider : null;
}

/** A sample receiver of a provider whose API is not played. */
async function demoReceiver(
  provider: Provider,
  receiver: ReceiverName,
  flags: Flags<'demo'>,
  outputs: readonly Output[],
  gate: Gate,
): Promise<CommandResult> {
  for (const flag of ['client', 'defect', 'live'] as const)
    if (flags[flag] !== undefined)
      throw new UserError(
        'no-api',
        `--${flag}: found with --as ${provider.id}; expected neither or --receiver: of ${provider.id} only its webhooks are known`,
      );
  const interruption = catchInterrupts();
  const webhook = webhookAs(
    { command: receiverCommand(receiver, PACKAGE_ROOT), port: await freePort() },
    provider.layer,
  );
  const source = {
    raw: { name: `demo-${provider.id}`, extends: provider.id, webhook },
    file: 'demo',
    placeOf: async () => null,
  };
  const environment = { ...process.env, ...sandboxVariables(generateKeys(DEFAULT_DIALECT.auth.keyPrefixes)) };
  const targets = await resolveSource(source, { cwd: process.cwd(), environment });
  return await runTargets(targets, { only: ['webhook'], ...flags }, outputs, environment, {
    interruption,
    gate,
    again: () => againOfDemo(flags),
  });
}

function isPromised(defect: DefectName, part: Part): boolean {
  const flips: readonly string[] = part.flips?.[defect] ?? DEFECTS[defect].flips;
  return flips.some((id) => !part.unpromised.some((one) => one === id));
}

function clientOf(name: string): ClientName {
  return chosen('--client', 'sample client', name, Object.keys(CLIENTS) as ClientName[]);
}

function receiverOf(name: string): ReceiverName {
  return chosen(
    '--receiver',
    'sample receiver',
    name,
    // Those that need a framework are not published.
    (Object.keys(RECEIVERS) as ReceiverName[]).filter((one) => existsSync(receiverCommand(one, PACKAGE_ROOT)[1] ?? '')),
  );
}

function chosen<T extends string>(flag: string, what: string, name: string, known: readonly T[]): T {
  const found = known.find((one) => one === name);
  if (found !== undefined) return found;
  throw new UserError(
    `unknown-${what.split(' ')[1]}`,
    `${flag}: there is no ${what} "${name}"${didYouMean(name, known)}`,
    `choose from: ${known.join(', ')}`,
  );
}
