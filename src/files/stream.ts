// Our own standard output and error, by all their names.
import { fstatSync, writeFileSync } from 'node:fs';

export type Stream = 'stdout' | 'stderr';

/** Opened by name these would start at their beginning again, or not at all where they are sockets. */
const STREAMS: Readonly<Record<string, Stream>> = {
  '/dev/stdout': 'stdout',
  '/dev/fd/1': 'stdout',
  '/proc/self/fd/1': 'stdout',
  '/dev/stderr': 'stderr',
  '/dev/fd/2': 'stderr',
  '/proc/self/fd/2': 'stderr',
};

export function streamOf(path: string): Stream | null {
  return STREAMS[path] ?? null;
}

/** Ends when the stream took all of it, or its reader went away. @throws when it cannot be written. */
export async function writeStream(stream: NodeJS.WriteStream & { fd: number }, text: string): Promise<void> {
  // Of a file Node's stream takes a short write, as on a disk that becomes full, for a whole one.
  if (isFile(stream)) return writeFileSync(stream.fd, text);
  await new Promise<void>((resolve, reject) => {
    const end = (error?: Error | null) => (error == null || isReaderGone(error) ? resolve() : reject(error));
    stream.once('error', end);
    stream.write(text, (error) => {
      stream.off('error', end);
      end(error);
    });
  });
}

function isFile(stream: NodeJS.WriteStream & { fd: number }): boolean {
  return stream.isTTY !== true && fstatSync(stream.fd).isFile();
}

export function isReaderGone(error: unknown): boolean {
  return ['EPIPE', 'ERR_STREAM_DESTROYED'].includes((error as NodeJS.ErrnoException).code ?? '');
}
