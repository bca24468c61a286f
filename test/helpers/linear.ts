// Whether work grows no faster than its input: by processor time, so that a busy machine shows nothing.
const SMALLEST_CHARACTERS = 4 * 1024;
const LARGEST_CHARACTERS = 1024 * 1024;
const MOST_FOLD = 2.5;
// One doubling may be the one at which the memory grows: three of them are held against each other, eight times the input.
const DOUBLINGS = 3;
// What is over sooner is not measured: the clock and the collection of garbage are most of it.
const LEAST_MS = 10;
const TRIES = 6;

/** Builds an input of about so many characters. */
export type Pump = (characters: number) => string;

/** The unit again and again, between what stands before and behind all of them. */
export function pumped(unit: string, before = '', behind = ''): Pump {
  return (characters) => before + unit.repeat(Math.ceil(characters / unit.length)) + behind;
}

/**
 * Doubles the input, up to 1 MiB unless told, and stops where doubling it takes more than 2.5 times as long.
 * Null: it never does; else what was measured, as words.
 */
export async function steepStep(
  act: (input: string) => unknown,
  pump: Pump,
  upTo = LARGEST_CHARACTERS,
): Promise<string | null> {
  const measured: number[] = [];
  for (let characters = SMALLEST_CHARACTERS; characters <= upTo; characters *= 2) {
    let ms = await cpuMsOf(act, pump(characters));
    const smaller = characters / 2 ** DOUBLINGS;
    const allowedMs = () => Math.max(LEAST_MS, measured.at(-DOUBLINGS) ?? ms) * MOST_FOLD ** DOUBLINGS;
    for (let tries = 1; tries < TRIES && ms > allowedMs(); tries += 1)
      ms = Math.min(ms, await cpuMsOf(act, pump(characters)));
    if (ms > allowedMs())
      return `${smaller} characters take ${Math.round(measured.at(-DOUBLINGS) ?? 0)} ms, ${characters} take ${Math.round(ms)} ms`;
    measured.push(ms);
  }
  return null;
}

/** A text that is refused has been read, too; one that overflows the stack has not. */
async function cpuMsOf(act: (input: string) => unknown, input: string): Promise<number> {
  const before = process.cpuUsage();
  try {
    await act(input);
  } catch (error) {
    if (error instanceof RangeError) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
