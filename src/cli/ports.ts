import { UserError } from '../errors.js';

/** Turns what Node says of a port that cannot be had into words. */
export function refusePort(port: number | undefined, hint: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    throw new UserError('port-taken', `--port ${port}: cannot listen there (${error.code})`, hint);
  };
}
