import { UserError } from '../errors.js';
import { canGoLive as answerOf, type Question } from '../stored/can-go-live.js';
import { canGoLiveJson, renderCanGoLive } from '../views/can-go-live.js';
import type { Flags } from './flags.js';
import type { CommandResult } from './result.js';
import { storedReport, warningsOf } from './stored.js';
import { renderOptions } from './terminal.js';

const COMMIT = /^[0-9a-f]{7,64}$/i;

/** May this commit go live? The exit code says it: 0 yes, 1 no, 3 undecided. */
export async function canGoLive(paths: readonly string[], flags: Flags<'can-go-live'>): Promise<CommandResult> {
  if (!COMMIT.test(flags.commit))
    throw new UserError(
      'commit',
      `--commit: found ${JSON.stringify(flags.commit)}; expected a commit by at least 7 hexadecimal digits`,
      'such as: --commit "$(git rev-parse HEAD)"',
    );
  const question: Question = {
    commit: flags.commit,
    environment: flags.environment,
    maxAgeMs: flags.maxAge,
    failOn: flags.failOn,
    targets: flags.targets ?? null,
    nowMs: Date.now(),
  };
  const stored = [];
  for (const path of paths) stored.push(await storedReport(path));
  const given = stored.flatMap(({ name, reports }) => reports.map((report) => ({ file: name, report })));
  const found = answerOf(given, question);
  return {
    code: found.exitCode,
    stdout:
      flags.json === true ? canGoLiveJson(found, question) : renderCanGoLive(found, question, renderOptions(flags)),
    stderr: stored.map(warningsOf).join(''),
  };
}
