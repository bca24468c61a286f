// Whether the client's program started.

export interface Start {
  exitCode: number | null;
  signal: string | null;
  startError: string | null;
}

/** Why the program never came to its own code; null: it did, as far as can be told. */
export function whyNotStarted(output: string, facts: Start): string | null {
  if (facts.startError !== null) return `the command could not be started: ${facts.startError}`;
  if (facts.exitCode === 127) return 'the shell did not find the command (exit 127)';
  if (facts.exitCode === 126) return 'the command is not executable (exit 126)';
  return /Cannot find module|ERR_MODULE_NOT_FOUND|No such file or directory|can't open file|ModuleNotFoundError/.test(
    output,
  )
    ? 'the program did not find a file or module that it needs: check client.cwd and that its dependencies are installed'
    : null;
}
