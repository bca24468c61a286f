export const SEVERITIES = ['blocker', 'major', 'minor'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The lowest severity of a failure that makes the verdict no-go. */
export type FailOn = Severity | 'never';
