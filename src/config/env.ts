// ${NAME} in any string of a config stands for a variable of the environment.

/** A reference to an environment variable, for configs written in code. */
export function env(name: string): string {
  return `\${${name}}`;
}

export type Path = readonly (string | number)[];

/** Whether a text holds a reference. */
export function hasReference(text: string): boolean {
  return text.search(REFERENCE) >= 0;
}

/** Whether a value is a reference that was not filled in. */
export function isReference(text: string): boolean {
  return WHOLE_REFERENCE.test(text);
}

export const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const WHOLE_REFERENCE = new RegExp(`^(?:${REFERENCE.source})$`);
