// --target: which integrations of one config are meant.
import { UserError } from '../errors.js';
import { didYouMean } from './issues.js';
import { quoted } from './shown.js';

/** @throws UserError for a name that no target has */
export function refuseUnknownTargets(wanted: readonly string[], names: readonly string[]): void {
  const unknown = wanted.find((one) => !names.includes(one));
  if (unknown !== undefined) throw noTarget(unknown, names);
}

/** @param found null: none was named */
export function noTarget(found: string | null, names: readonly string[]): UserError {
  const written = found === null ? 'missing' : `found ${quoted(found)}`;
  const meant = found === null ? '' : didYouMean(found, names);
  return new UserError('no-target', `--target: ${written}; expected one of ${names.join(', ')}${meant}`);
}
