// Which of the contract's error shapes holds for a status.
import type { Contract } from '../config/schema.js';

export type ErrorShape = NonNullable<NonNullable<Contract['errors']>['default']>;

/** That of the status, of its class, else the default. One with a sample alone keeps the more general shape. */
export function errorShapeFor({ errors }: Partial<Contract>, status: number): ErrorShape | undefined {
  const shapes = [
    errors?.byStatus[String(status)],
    errors?.byStatus[`${Math.floor(status / 100)}xx`],
    errors?.default,
  ].filter((shape) => shape !== undefined);
  const sample = shapes.find((shape) => shape.sample !== undefined)?.sample;
  const [first] = shapes;
  const shape = shapes.find((one) => !isSampleAlone(one)) ?? first;
  // The sample of a more general shape shows other members than this one promises.
  const isOwn = sample !== undefined && (first?.sample === sample || shape?.sample === sample);
  return shape === undefined ? undefined : { ...shape, sample: isOwn ? sample : undefined };
}

function isSampleAlone({ sample, contentType, required, code, types }: ErrorShape): boolean {
  if (sample === undefined) return false;
  return contentType === undefined && required.length === 0 && code === undefined && types === undefined;
}
