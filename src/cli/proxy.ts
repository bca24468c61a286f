import { UserError } from '../errors.js';
import type { Attempt } from '../evidence/recording.js';
import { EXIT } from '../exit.js';
import { jsonAnswer } from '../proxy/answers.js';
import { readScript } from '../proxy/arm.js';
import { createRandom } from '../proxy/random.js';
import { startLaneProxy } from '../proxy/server.js';
import { createStub } from '../proxy/stub.js';
import { createRedactor } from '../redaction/redact.js';
import { clean } from '../report/text/sanitize.js';
import type { Flags } from './flags.js';
import { catchInterrupts } from './interrupt.js';
import type { CommandResult } from './result.js';

export async function proxy(flags: Flags<'proxy'>): Promise<CommandResult> {
  const script = readScript(flags.script);
  const random = createRandom(flags.seed ?? 1).stream('stub');
  const interruption = catchInterrupts();
  let before: Attempt | null = null;
  const source = createStub({
    operations: [],
    random,
    unknown: () => jsonAnswer(200, { id: `res_${random.hex(12)}` }),
  });
  try {
    const lane = await startLaneProxy({
      source,
      script,
      operations: [],
      redactor: createRedactor([]),
      port: flags.port ?? 0,
      onAttempt({ what, describe }) {
        if (what !== 'ended') return;
        const attempt = describe();
        process.stdout.write(`${clean(lineOf(attempt, before))}\n`);
        before = attempt;
      },
    }).catch((error: NodeJS.ErrnoException) => {
      throw new UserError(
        'port-taken',
        `--port ${flags.port}: cannot listen there (${error.code ?? error.message})`,
        'leave --port away to get a free one',
      );
    });
    process.stderr.write(`Point your client at ${lane.url} ; the script is ${script.text}. Stop it with Ctrl-C.\n`);
    await new Promise<void>((resolve) =>
      interruption.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    await lane.close();
  } finally {
    interruption.release();
  }
  return { code: EXIT.go };
}

/** "#2 after 1043 ms  POST /orders  key 6b1f…  -> 503  The API answers 503." */
function lineOf(attempt: Attempt, before: Attempt | null): string {
  const { request, times, answer, ended, fault } = attempt;
  const waited =
    before?.times.endedAtMs == null ? '' : ` after ${Math.round(times.firstByteAtMs - before.times.endedAtMs)} ms`;
  const became = answer === null || ended !== 'complete' ? ended : answer.status;
  return `#${attempt.number}${waited}  ${request.method} ${request.url}  -> ${became}${fault === null ? '' : `  ${fault.explain}`}`;
}
