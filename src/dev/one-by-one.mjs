// Runs the built command line again and again inside one process, warm: those who run it by the hundred save its start.
// A message brings words, folder and the whole environment; what it printed and its exit code go back.
import { main } from '../../dist/cli.js';

// Each run listens to them once more, and to signals.
for (const emitter of [process, process.stdout, process.stderr]) emitter.setMaxListeners(0);

process.on('message', async ({ words, cwd, environment }) => {
  // Each run brings its own: nothing needs to be put back.
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  const printed = { stdout: '', stderr: '' };
  const usual = Object.fromEntries(Object.keys(printed).map((name) => [name, process[name].write]));
  for (const name of Object.keys(printed)) {
    process[name].write = (chunk, ...rest) => {
      printed[name] += chunk;
      rest.findLast((one) => typeof one === 'function')?.();
      return true;
    };
  }
  let code = null;
  try {
    code = await main(words);
  } catch (error) {
    printed.stderr += error.stack;
  } finally {
    for (const [name, write] of Object.entries(usual)) process[name].write = write;
  }
  process.send({ ...printed, code });
});
process.on('disconnect', () => process.exit());
