// Every variable by which common runtimes and tools learn of a proxy and of a certificate authority.
import { fileURLToPath } from 'node:url';

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url));

export interface Files {
  /** The run's authority alone: for variables that add to what is trusted. */
  authority: string;
  /** All that this machine trusts, and the run's authority: for variables that replace it. */
  bundle: string;
  /** The same as `bundle` for Java. */
  trustStore: string;
  /** Folder with a php.ini part. */
  phpSettings: string;
}

/** Each of these names a file of authorities that stands in place of the usual ones. */
export const REPLACING = [
  'SSL_CERT_FILE', // OpenSSL, and with it Python, Ruby, .NET on Linux; Go on Linux
  'REQUESTS_CA_BUNDLE', // Python's requests
  'CURL_CA_BUNDLE',
  'AWS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'PIP_CERT',
  'HTTPLIB2_CA_CERTS', // Google's clients for Python
  'PERL_LWP_SSL_CA_FILE',
  'CARGO_HTTP_CAINFO',
] as const;

/** Each of these names a file of authorities that are trusted beside the usual ones. */
export const ADDING = ['NODE_EXTRA_CA_CERTS', 'DENO_CERT'] as const;

/** What the client is started with on top of its own environment, for the proxy of its lane. */
export function interceptingEnvironment(
  proxyUrl: string,
  files: Files,
  own: NodeJS.ProcessEnv,
): Record<string, string> {
  const { hostname, port, username, password } = new URL(proxyUrl);
  const variables: Record<string, string> = {};
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) {
    variables[name] = proxyUrl;
    variables[name.toLowerCase()] = proxyUrl;
  }
  // Nothing is exempt: calls to other hosts are told apart by us.
  variables.NO_PROXY = '';
  variables.no_proxy = '';
  variables.NODE_USE_ENV_PROXY = '1';
  variables.NODE_OPTIONS = [own.NODE_OPTIONS, `--require=${JSON.stringify(PRELOAD)}`]
    .filter((one) => one !== undefined)
    .join(' ');
  for (const name of REPLACING) variables[name] = files.bundle;
  for (const name of ADDING) variables[name] = files.authority;
  const java = [
    ...['http', 'https'].flatMap((scheme) => [
      `-D${scheme}.proxyHost=${hostname}`,
      `-D${scheme}.proxyPort=${port}`,
      // Java itself reads neither, but Apache HttpClient, Maven and Gradle do.
      ...(username === '' ? [] : [`-D${scheme}.proxyUser=${username}`, `-D${scheme}.proxyPassword=${password}`]),
    ]),
    // Else an Authenticator of the program's own would not be asked for a tunnel.
    '-Djdk.http.auth.tunneling.disabledSchemes=',
    '-Dhttp.nonProxyHosts=',
    `-Djavax.net.ssl.trustStore=${files.trustStore}`,
    '-Djavax.net.ssl.trustStoreType=JKS',
  ];
  variables.JAVA_TOOL_OPTIONS = [own.JAVA_TOOL_OPTIONS, ...java].filter((one) => one !== undefined).join(' ');
  // An empty part stands for the folder that PHP scans anyway.
  variables.PHP_INI_SCAN_DIR = `${own.PHP_INI_SCAN_DIR ?? ''}:${files.phpSettings}`;
  return variables;
}
