// What validates piece by piece and still cannot be meant.
import { environmentsOfKey } from './environments.js';
import { type Complaint, didYouMean } from './issues.js';
import { otherOriginsIn } from './log-in-place.js';
import type { Contract, Endpoint } from './schema.js';
import { parseVia, shownVia } from './via.js';

const KEYS = ['key', 'revokedKey', 'restrictedKey', 'secondAccountKey'] as const;
const UNFIT_FOR_HEADERS = /[^\t -~\u0080-\u00ff]/;

export function contradictionsIn(contract: Contract, endpoint: Endpoint | undefined): Complaint[] {
  return [
    ...(endpoint === undefined ? [] : inEndpoint(endpoint, contract)),
    ...inAuth(contract.auth, endpoint),
    ...otherOriginsIn(contract.auth, endpoint),
    ...inIdempotency(contract.idempotency),
    ...inVersion(contract.version),
    ...inErrors(contract.errors),
    ...inPagination(contract.pagination),
    ...inRetry(contract.retry),
    ...inEnvironments(contract.environments),
  ];
}

function inEndpoint(endpoint: Endpoint, contract: Contract): Complaint[] {
  const complaints: Complaint[] = [];
  if (endpoint.url === '')
    complaints.push({ path: ['endpoint', 'url'], text: 'missing; expected an http:// or https:// URL' });
  if (endpoint.restrictedKey !== undefined && endpoint.inScope === endpoint.outOfScope)
    complaints.push({
      path: ['endpoint', 'outOfScope'],
      text: `found ${endpoint.outOfScope}, which inScope names too; expected an operation that the restricted key must not perform`,
    });
  // Its value is a secret, so the complaint names the character's place alone.
  for (const name of KEYS)
    if (contract.auth.headers !== undefined && UNFIT_FOR_HEADERS.test(endpoint[name] ?? ''))
      complaints.push({
        path: ['endpoint', name],
        text: `found a line break or another character that no header can carry, as character ${(endpoint[name] ?? '').search(UNFIT_FOR_HEADERS) + 1}; expected the key alone`,
      });
  const owners = endpoint.key === undefined ? [] : environmentsOfKey(endpoint.key, contract);
  if (owners.length > 0 && !owners.includes(endpoint.environment)) {
    complaints.push({
      path: ['endpoint', 'environment'],
      text: `found ${endpoint.environment}, but the key begins like a ${owners.join(' or ')} key; expected ${owners.join(' or ')}, or another key`,
    });
  }
  for (const [name, operation] of Object.entries(endpoint.operations)) {
    const place = ['endpoint', 'operations', name];
    if (operation.body !== undefined && operation.form !== undefined)
      complaints.push({ path: [...place, 'form'], text: 'found a form beside a body; expected one of them' });
    for (const [taken, from] of Object.entries(operation.takes ?? {})) {
      const known = Object.keys(endpoint.operations).filter((one) => one !== name);
      if (known.includes(from.operation)) continue;
      complaints.push({
        path: [...place, 'takes', taken, 'operation'],
        text: `found ${JSON.stringify(from.operation)}; expected another operation (${known.join(', ') || 'none is configured'})${didYouMean(from.operation, known)}`,
      });
    }
    if (operation.path === undefined)
      complaints.push({ path: [...place, 'path'], text: 'missing; expected the path of the call, e.g. /orders' });
  }
  for (const [name, { via }] of Object.entries(endpoint.egress ?? {})) {
    // A reference that stayed open (`plan` without the environment) says nothing yet.
    if (parseVia(via) === null && !via.includes('${'))
      complaints.push({
        path: ['endpoint', 'egress', name, 'via'],
        text: `found ${JSON.stringify(shownVia(via))}; expected direct, an address of this machine, or a proxy: http://, https:// or socks5:// with host and port`,
      });
  }
  return complaints;
}

const PLACES = ['headers', 'basic', 'query', 'body', 'login', 'signature'] as const;

function inAuth(auth: Contract['auth'], endpoint: Endpoint | undefined): Complaint[] {
  if (auth.none === undefined) return [];
  const placed = PLACES.filter((place) => auth[place] !== undefined).map((place) => ['contract', 'auth', place]);
  const keys = KEYS.filter((name) => endpoint?.[name] !== undefined).map((name) => ['endpoint', name]);
  return [...placed, ...keys].map((path) => ({
    path,
    text: 'found one beside contract.auth: none; expected no key, or contract.auth that says where it goes',
  }));
}

function inIdempotency(idempotency: Contract['idempotency']): Complaint[] {
  if (idempotency === undefined) return [];
  const complaints: Complaint[] = [];
  const at = (key: string, text: string) => complaints.push({ path: ['contract', 'idempotency', key], text });
  const { minLength, maxLength, conflict, replay, quoted, bodyField, header, firstSentHeader, required } = idempotency;
  if (minLength !== undefined && maxLength !== undefined && maxLength < minLength)
    at('maxLength', `found ${maxLength}; expected at least minLength (${minLength})`);
  if (replay === 'conflict' && conflict === undefined)
    at('conflict', 'missing beside replay: conflict; expected what a replay is answered, e.g. { statuses: [409] }');
  if (conflict !== undefined && replay !== 'conflict')
    at('replay', `found ${replay ?? 'nothing'} beside conflict; expected conflict`);
  if (quoted && bodyField !== undefined)
    at('quoted', 'found true beside bodyField; expected a header for a quoted value');
  const placed = header !== undefined || bodyField !== undefined;
  if (!placed && firstSentHeader !== undefined)
    at('header', 'missing beside firstSentHeader; expected the header that carries the key');
  if (!placed && required === true) at('header', 'missing beside required: true; expected header or bodyField');
  return complaints;
}

function inVersion(version: Contract['version']): Complaint[] {
  if (version === undefined) return [];
  const named = version.in === 'header' || version.in === 'query';
  if (named && version.name === undefined)
    return [{ path: ['contract', 'version', 'name'], text: `missing; expected the name of the ${version.in}` }];
  const { differs } = version;
  if (differs !== undefined && (!named || differs.values[0] === differs.values[1]))
    return [
      named
        ? {
            path: ['contract', 'version', 'differs', 'values'],
            text: `found ${differs.values[0]} twice; expected two versions`,
          }
        : {
            path: ['contract', 'version', 'differs'],
            text: `found one beside in: ${version.in}; expected a version in a header or in the query`,
          },
    ];
  const removed = version.value === undefined ? undefined : version.removed?.[version.value];
  if (removed === undefined) return [];
  return [
    {
      path: ['contract', 'version', 'value'],
      text: `found ${version.value}, which stands in removed; expected a version that is still served`,
    },
  ];
}

function inErrors(errors: Contract['errors']): Complaint[] {
  const shapes = [
    { path: ['contract', 'errors', 'default'], of: null, shape: errors?.default },
    ...Object.entries(errors?.byStatus ?? {}).map(([of, shape]) => {
      return { path: ['contract', 'errors', 'byStatus', of], of, shape };
    }),
  ];
  return shapes.flatMap(({ path, of, shape }) => {
    const { status, code, body } = shape?.sample ?? {};
    const isOther = status !== undefined && of !== null && !String(status).startsWith(of.replace(/xx$/, ''));
    return [
      ...(isOther
        ? [{ path: [...path, 'sample', 'status'], text: `found ${status}; expected a status of byStatus.${of}` }]
        : []),
      ...(code !== undefined && body !== undefined
        ? [
            {
              path: [...path, 'sample', 'code'],
              text: 'found one beside a body; expected the body alone, with its code',
            },
          ]
        : []),
    ];
  });
}

type Pagination = NonNullable<Contract['pagination']>;

/** What each style, and each end, cannot be walked without. */
const STYLE_NEEDS: Readonly<Record<Pagination['style'], keyof Pagination | null>> = {
  cursor: 'cursorParameter',
  page: 'pageParameter',
  offset: 'offsetParameter',
  'next-url': 'next',
  'link-header': null,
};
const END_NEEDS: Readonly<Record<Pagination['end'], keyof Pagination | null>> = {
  'null-next': 'next',
  // Without hasMore the usual names are read.
  'has-more': null,
  'last-page': 'pages',
  'empty-page': null,
  'short-page': null,
  'no-link': null,
};

function inPagination(pagination: Contract['pagination']): Complaint[] {
  if (pagination === undefined) return [];
  const complaints: Complaint[] = [];
  const needs = [
    [STYLE_NEEDS[pagination.style], `style: ${pagination.style}`],
    [END_NEEDS[pagination.end], `end: ${pagination.end}`],
  ] as const;
  for (const [key, because] of needs)
    if (key !== null && pagination[key] === undefined && !complaints.some(({ path }) => path.at(-1) === key))
      complaints.push({
        path: ['contract', 'pagination', key],
        text: `missing; expected it, because ${because} cannot be walked without it`,
      });
  if ((pagination.end === 'no-link') !== (pagination.style === 'link-header'))
    complaints.push({
      path: ['contract', 'pagination', 'end'],
      text: `found ${pagination.end} beside style: ${pagination.style}; expected no-link with link-header, and with it alone`,
    });
  const { default: usual, maximum } = pagination;
  if (usual !== undefined && maximum !== undefined && usual > maximum)
    complaints.push({
      path: ['contract', 'pagination', 'default'],
      text: `found ${usual}; expected at most maximum (${maximum})`,
    });
  return complaints;
}

function inRetry(retry: Contract['retry']): Complaint[] {
  if (retry === undefined) return [];
  return (['on', 'may'] as const).flatMap((key) => {
    const both = (retry[key] ?? []).filter((status) => retry.never?.includes(status));
    if (both.length === 0) return [];
    const text = `found ${both.join(', ')}, which also ${both.length === 1 ? 'stands' : 'stand'} in retry.${key}; expected each status in one of them`;
    return [{ path: ['contract', 'retry', 'never'], text }];
  });
}

function inEnvironments(environments: Contract['environments']): Complaint[] {
  const live = environments?.live?.keyPrefixes ?? [];
  const both = (environments?.sandbox?.keyPrefixes ?? []).filter((one) =>
    live.some((other) => other.toLowerCase() === one.toLowerCase()),
  );
  if (both.length === 0) return [];
  return [
    {
      path: ['contract', 'environments', 'sandbox', 'keyPrefixes'],
      text: `found ${both.join(', ')} in both environments; expected prefixes that differ`,
    },
  ];
}
