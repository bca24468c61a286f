// Host and port of an authority (RFC 3986, 3.2), user name and IPv6 brackets off.

export function hostOf(whole: string): string {
  const authority = whole.replace(/^.*@/, '');
  const bracketed = /^\[([^\]]*)\]/.exec(authority)?.[1];
  return (bracketed ?? authority.replace(/:\d*$/, '')).toLowerCase();
}

export function portOf(authority: string, usual: number): number {
  return Number(/:(\d+)$/.exec(authority)?.[1] ?? usual);
}
