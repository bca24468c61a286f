// Where a finding stands: in a file of the user, or at a call of the API, a scenario of the client, an event of the receiver.
import { createHash } from 'node:crypto';
import type { Location, LogicalLocation } from 'sarif';
import type { Report, ReportCheck } from '../schema.js';
import { clean } from '../text/sanitize.js';

export interface Place {
  /** What stands there; null: the verdict's own words say it. */
  what: string | null;
  location: Location;
  /** Equal in the next run as long as the finding is the same, though lines were added above it. */
  fingerprint: string;
}

// Of a run whose command names none.
const USUAL_CONFIG = 'golive-check.yaml';
// Those that tell the finding from others.
const MOST_CALLS = 10;

export function placesOf(check: ReportCheck, report: Report): Place[] {
  const places = check.places ?? [];
  if (places.length === 0) return [atRuntime(check, report)];
  const met = new Map<string, number>();
  return places.map(({ path, line, column, what }) => {
    const same = JSON.stringify([path, what]);
    const nth = met.get(same) ?? 0;
    met.set(same, nth + 1);
    return {
      what: clean(what),
      fingerprint: digestOf([report.target.name, check.id, path, what, nth]),
      location: {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
          ...(line === undefined
            ? {}
            : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }),
        },
      },
    };
  });
}

/** GitHub takes no result without a file: the config is where this target is asked for. */
function atRuntime(check: ReportCheck, report: Report): Place {
  return {
    what: null,
    fingerprint: digestOf([report.target.name, check.id]),
    location: {
      physicalLocation: {
        artifactLocation: { uri: uriOf(configOf(report)), uriBaseId: '%SRCROOT%' },
        region: { startLine: 1 },
      },
      logicalLocations: logicalOf(check, report),
    },
  };
}

function logicalOf(check: ReportCheck, { target, exchanges, attempts }: Report): LogicalLocation[] {
  const named = new Set(check.at);
  const events = exchanges.flatMap(({ id, request }) => (named.has(id) && request.vector ? [request.vector] : []));
  const calls = exchanges.flatMap(({ id, request }) =>
    named.has(id) && request.vector === undefined ? [`${request.method} ${pathOf(request.url)}`] : [],
  );
  const scenarios = attempts.flatMap(({ id, scenario }) => (named.has(id) ? [scenario] : []));
  const prefix = `${clean(target.name)}/${check.kind}`;
  const of = (kind: string, names: readonly string[]) =>
    [...new Set(names.map(clean))].map((name) => ({ name, fullyQualifiedName: `${prefix}/${name}`, kind }));
  const found = [...of('resource', calls), ...of('event', events), ...of('scenario', scenarios)].slice(0, MOST_CALLS);
  return found.length > 0 ? found : of('module', [check.id]);
}

/** A query may be anything; the path tells the operation. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
}

function configOf({ run }: Report): string {
  const words = run.again?.words ?? [];
  const named = words[words.indexOf('--config') + 1];
  const isNear = words.includes('--config') && named !== undefined && !/^(?:[\\/]|[a-z]:|\.\.)/i.test(named);
  return isNear ? named.replace(/^\.\//, '') : USUAL_CONFIG;
}

function uriOf(path: string): string {
  return clean(path).split(/[\\/]/).map(encodeURIComponent).join('/');
}

function digestOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
