#!/usr/bin/env node
// Exit codes: 0 go · 1 no-go · 2 usage or config · 3 undecided · 70 our bug · 74 a file could not be written ·
// 129, 130, 143 interrupted.
import { readFileSync } from 'node:fs';

// Once something fatal happened, no later 0 or 1 may hide it, and nothing may keep the process alive.
let fatal = false;
function crash(error) {
  if (fatal) return;
  fatal = true;
  process.exitCode = 70;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
  const stack = process.env.GOLIVE_CHECK_DEBUG === '1' && error instanceof Error ? `${error.stack}\n` : '';
  const end = () => process.exit(70);
  // A reader that is gone never calls back.
  setTimeout(end, 1000).unref();
  process.stderr.write(`golive-check: this is a bug of golive-check, not of your integration: ${text}\n${stack}`, end);
}
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
// A reader that goes away (head, less, a parent that died) is no error, and must not become one after another.
// A disk that is full is one, also where the help goes there.
let lost = null;
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') lost ??= error;
});
process.stderr.on('error', () => {});
process.on('exit', (code) => {
  if (lost === null || (code !== 0 && code !== 1 && code !== 3)) return;
  process.exitCode = 74;
  process.stderr.write(`golive-check: could not write standard output (${lost.message})\n`);
});

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version}\n`);
} else {
  try {
    const { main } = await import('../dist/cli.js');
    const code = await main(argv);
    if (!fatal) process.exitCode = code;
  } catch (error) {
    crash(error);
  }
}
