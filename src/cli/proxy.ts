import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { jsonAnswer } from '../proxy/answers.js';
import { readScript } from '../proxy/arm.js';
import { FAULTS } from '../proxy/faults/index.js';
import { createUpstream } from '../proxy/forward.js';
import { createRandom } from '../proxy/random.js';
import { startLaneProxy } from '../proxy/server.js';
import type { Source } from '../proxy/source.js';
import { createStub } from '../proxy/stub.js';
import { createRedactor } from '../redaction/redact.js';
import { LEGEND } from '../views/attempts.js';
import { renderFaults } from '../views/faults.js';
import type { Flags } from './flags.js';
import { catchInterrupts } from './interrupt.js';
import { refusePort } from './ports.js';
import type { CommandResult } from './result.js';
import { upstreamUrl } from './upstream-url.js';
import { watchAttempts } from './watch-attempts.js';

const USUAL_KEY_HEADER = 'Idempotency-Key';

export async function proxy(flags: Flags<'proxy'>): Promise<CommandResult> {
  if (flags.list === true) return { code: EXIT.go, stdout: renderFaults(FAULTS) };
  if (flags.script === undefined)
    throw new UserError(
      'no-script',
      "--script: missing; expected what each attempt meets, such as '503x2,ok'",
      'see all faults with: golive-check proxy --list',
    );
  const script = readScript(flags.script);
  const upstream = flags.upstream === undefined ? null : upstreamUrl(flags.upstream);
  const interruption = catchInterrupts();
  try {
    const lane = await startLaneProxy({
      source: sourceOf(upstream, flags.seed ?? 1),
      script,
      operations: [],
      redactor: createRedactor([]),
      port: flags.port ?? 0,
      key: { header: flags.keyHeader ?? USUAL_KEY_HEADER },
      ...(upstream === null ? {} : { basePath: upstream.pathname }),
      onAttempt: watchAttempts((text) => process.stdout.write(text)),
    }).catch(refusePort(flags.port, 'leave --port away to get a free one'));
    process.stderr.write(
      `Point your client at ${lane.url} ; the script is ${script.text}${upstream === null ? '' : `, and ok is answered by ${upstream.host}`}.\n${LEGEND} Stop it with Ctrl-C.\n`,
    );
    await new Promise<void>((resolve) =>
      interruption.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    await lane.close();
  } finally {
    interruption.release();
  }
  return { code: EXIT.go };
}

/** Every call meets the script: the pattern of no operation is known. */
function sourceOf(upstream: URL | null, seed: number): Source {
  if (upstream !== null) return createUpstream({ origin: upstream.href });
  const random = createRandom(seed).stream('stub');
  return createStub({ operations: [], random, unknown: () => jsonAnswer(200, { id: `res_${random.hex(12)}` }) });
}
