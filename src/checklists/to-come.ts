/** Checks that a line names and that are not built yet: their lines stay open. This list only shrinks. */
export const TO_COME = [] as const;

export type CheckToCome = (typeof TO_COME)[number];
