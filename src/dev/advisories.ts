// What `npm audit --json` says, cut down to what a user gets.

/** An advisory that is known and does not reach a user. */
export interface Advice {
  /** Its page, as npm names it. */
  url: string;
  why: string;
  /** The last day on which it counts, e.g. 2027-01-31. */
  until: string;
}

/** The part of npm's answer that is read; one without `vulnerabilities` is an error of the registry or of the network. */
export interface Audit {
  message?: string;
  error?: { code?: string; summary?: string };
  vulnerabilities?: Record<
    string,
    {
      name: string;
      severity: string;
      nodes: readonly string[];
      via: readonly (string | { url: string; title: string })[];
    }
  >;
}

export interface Known {
  /** Folders of packages: "node_modules/yaml". */
  shipped: readonly string[];
  exceptions: readonly Advice[];
  today: Date;
}

/** A line for each vulnerability that counts, or why nothing can be said. */
export function findingsIn(audit: Audit, { shipped, exceptions, today }: Known): string[] | string {
  if (audit.vulnerabilities === undefined)
    return withoutHosts(audit.error?.summary || audit.message || audit.error?.code || 'npm audit gave no reason');
  const excepted = (url: string) =>
    exceptions.some((one) => one.url === url && today.getTime() < Date.parse(one.until) + 24 * 3_600_000);
  return Object.values(audit.vulnerabilities)
    .filter(({ nodes }) => nodes.some((node) => shipped.includes(node)))
    .flatMap(({ name, severity, via }) =>
      // A text names the package behind it, which has an entry of its own.
      via.flatMap((one) => (typeof one === 'string' || excepted(one.url) ? [] : [{ name, severity, ...one }])),
    )
    .map(({ name, severity, title, url }) => `${name} (${severity}): ${title}: ${url}`);
}

/** Of an address its path is left: the registry may be one inside a company, and logs of CI are read outside. */
function withoutHosts(text: string): string {
  const hosts = Array.from(text.matchAll(/https?:\/\/(?:[^/\s@]*@)?([^/\s:]+)/g), ([, host = '']) => host);
  const paths = text.replace(/https?:\/\/[^/\s]+/g, '');
  return hosts.reduce((rest, host) => rest.replaceAll(host, 'the registry'), paths);
}
