// npm run beside lint types: scripts of package.json at once. Their output comes in order, each whole; the exit code is that
// of the first that failed.
import { spawn } from 'node:child_process';

interface Ended {
  name: string;
  code: number;
  output: string;
}

function run(name: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', name], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    child.on('error', reject);
    // Ended by a signal: no code.
    child.on('close', (code) => resolve({ name, code: code ?? 1, output }));
  });
}

for (const running of process.argv.slice(2).map(run)) {
  const { name, code, output } = await running;
  process.stdout.write(output);
  if (code === 0) continue;
  process.stdout.write(`npm run ${name} failed (${code})\n`);
  process.exitCode ??= code;
}
