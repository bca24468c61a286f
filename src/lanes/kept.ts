// Text that may grow without end: its beginning and its end are kept.

export interface KeptText {
  add(text: string): void;
  text(): string;
  /** Whether something in the middle was left out. */
  isCut(): boolean;
}

const KEPT_CHARACTERS = 1024 * 1024;

export function keepText(most = KEPT_CHARACTERS): KeptText {
  let head = '';
  const tail: string[] = [];
  let tailLength = 0;
  let isCut = false;
  return {
    add(text) {
      const room = Math.max(0, most - head.length);
      head += text.slice(0, room);
      if (text.length <= room) return;
      tail.push(text.slice(room));
      tailLength += text.length - room;
      for (let first = tail[0]; first !== undefined && tailLength - first.length >= most; first = tail[0]) {
        tail.shift();
        tailLength -= first.length;
        isCut = true;
      }
    },
    text: () => (tail.length === 0 ? head : `${head}${isCut ? '\n' : ''}${tail.join('')}`),
    isCut: () => isCut,
  };
}
