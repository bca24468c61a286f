// Short expressions that recheck does not prove, and why. Listed on 2026-11-30.

/** It does not support these: they are attacked instead. */
export const WITH_LOOK_AHEAD: readonly RegExp[] = [
  /:\d+(?=:\d+\s*$)/,
  /^eyJ[\w-]+\.(?=[\w-]+\.)/,
  /[A-Za-z][\w-]*(?=\s*=)/y,
];

/** What they read is ours, or short: they may take the square of its length. */
export const OF_OURS: readonly RegExp[] = [
  // Pointers of the contract.
  /^(.*?)\/\d+(\/.*)?$/,
  // A line that has been cut to the width of the terminal.
  /[\s,;:.]+$/,
  // A unique value of ours, of some 20 characters.
  /^(.*?)([0-9a-z]+)[^0-9a-z]*$/is,
  // A contract as JSON, printed by us.
  /(?<=\[)\n\s*|\n\s*(?=\])/g,
];
