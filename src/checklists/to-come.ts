/** Checks that a line names and that are not built yet: their lines stay open. This list only shrinks. */
export const TO_COME = [
  'compares-signatures-safely',
  'disables-debug-in-production',
  'keeps-keys-server-side',
  'leaves-sandbox-behind',
  'matches-no-message-text',
  'reads-keys-from-environment',
  'reports-errors-to-a-tracker',
  'uses-https-urls',
  'verifies-tls-in-source',
] as const;

export type CheckToCome = (typeof TO_COME)[number];
