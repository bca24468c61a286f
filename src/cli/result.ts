/** What a command hands back: it neither prints nor exits. */
export interface CommandResult {
  code: number;
  stdout?: string;
  stderr?: string;
}
