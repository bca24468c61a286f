import { access, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { loadConfig } from '../config/load.js';
import { type Answers, scaffold } from '../config/scaffold.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import type { CommandResult } from './result.js';

export interface InitFlags extends Partial<Answers> {
  output: string;
  force?: boolean;
  yes?: boolean;
}

const DEFAULTS: Answers = {
  url: 'https://sandbox.example.com/v1',
  keyEnv: 'API_KEY',
  read: '/ping',
  create: '',
  environment: 'sandbox',
  extends: 'ietf',
};

const QUESTIONS: readonly (readonly [keyof Answers, string])[] = [
  ['url', 'Base URL of the API'],
  ['keyEnv', 'Environment variable that holds the key'],
  ['read', 'A harmless GET that needs the key'],
  ['create', 'The POST that creates something (empty: none)'],
];

export async function init(flags: InitFlags): Promise<CommandResult> {
  if (flags.force !== true && (await exists(flags.output))) {
    throw new UserError(
      'exists',
      `${flags.output} exists already`,
      'overwrite it with --force, or choose another name with --output',
    );
  }
  const answers = await answersFrom(flags);
  const text = scaffold(answers);
  await writeFile(flags.output, text).catch((error: NodeJS.ErrnoException) => {
    throw new UserError('unwritable', `${flags.output} cannot be written (${error.code ?? error.message})`);
  });
  // The file must be one that `run` takes; a wrong answer (a URL that is none) is told now, not later.
  await loadConfig({ config: flags.output, cwd: process.cwd(), environment: process.env, allowMissing: true });
  return {
    code: EXIT.go,
    stdout: `Wrote ${flags.output}\n\nNext:\n  export ${answers.keyEnv}=…\n  golive-check plan   # every request, nothing sent\n  golive-check        # run the checks\n`,
  };
}

async function answersFrom(flags: InitFlags): Promise<Answers> {
  const given: Answers = {
    ...DEFAULTS,
    ...Object.fromEntries(Object.entries(flags).filter(([key]) => key in DEFAULTS)),
  };
  const interactive = flags.yes !== true && process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (!interactive) return given;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (const [name, question] of QUESTIONS) {
      if (flags[name] !== undefined) continue;
      const answer = (await prompt.question(`${question}${given[name] === '' ? '' : ` (${given[name]})`}: `)).trim();
      if (answer !== '') given[name] = answer;
    }
  } finally {
    prompt.close();
  }
  return given;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
