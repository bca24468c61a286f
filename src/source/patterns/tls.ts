import type { CodePattern } from './define.js';

const topic = 'tls-off';

/** What turns the check of certificates off. */
export const TLS_OFF: readonly CodePattern[] = [
  {
    topic,
    rule: 'rejectUnauthorized: false',
    languages: ['js'],
    words: ['rejectUnauthorized'],
    pattern: /\brejectUnauthorized['"]?\s{0,8}[:=]\s{0,8}(?:false|0)\b/g,
    example: 'new https.Agent({ rejectUnauthorized: false })',
    innocent: 'new https.Agent({ rejectUnauthorized: true })',
  },
  {
    topic,
    rule: 'NODE_TLS_REJECT_UNAUTHORIZED=0',
    languages: ['js', 'shell', 'settings', 'python', 'ruby', 'php', 'go'],
    words: ['NODE_TLS_REJECT_UNAUTHORIZED'],
    pattern: /\bNODE_TLS_REJECT_UNAUTHORIZED['"\]]{0,2}\s{0,8}[:=]\s{0,8}['"]?0\b/g,
    example: "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';",
    innocent: "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';",
  },
  {
    topic,
    rule: 'strictSSL: false',
    languages: ['js'],
    words: ['strictSSL', 'strict-ssl'],
    pattern: /\bstrict(?:SSL|-ssl)['"]?\s{0,8}[:=]\s{0,8}false\b/g,
    example: 'request({ strictSSL: false })',
    innocent: 'request({ strictSSL: true })',
  },
  {
    topic,
    rule: 'verify=False',
    languages: ['python'],
    words: ['verify'],
    pattern: /\bverify(?:_ssl)?\s{0,8}=\s{0,8}False\b/g,
    example: 'requests.get(url, verify=False)',
    innocent: 'requests.get(url, verify="/etc/ca.pem")',
  },
  {
    topic,
    rule: 'CERT_NONE or an unverified context',
    languages: ['python'],
    words: ['CERT_NONE', '_create_unverified_context', 'check_hostname'],
    pattern: /\bssl\.CERT_NONE\b|\b_create_unverified_context\b|\bcheck_hostname\s{0,8}=\s{0,8}False\b/g,
    example: 'context = ssl._create_unverified_context()',
    innocent: 'context = ssl.create_default_context()',
  },
  {
    topic,
    rule: 'InsecureSkipVerify: true',
    languages: ['go'],
    words: ['InsecureSkipVerify'],
    pattern: /\bInsecureSkipVerify\s{0,8}[:=]\s{0,8}true\b/g,
    example: '&tls.Config{InsecureSkipVerify: true}',
    innocent: '&tls.Config{InsecureSkipVerify: false}',
  },
  {
    topic,
    rule: 'a trust of all certificates or host names',
    languages: ['java'],
    words: ['NoopHostnameVerifier', 'TrustAllStrategy', 'ALLOW_ALL_HOSTNAME_VERIFIER', 'InsecureTrustManagerFactory'],
    pattern:
      /\bNoopHostnameVerifier\.INSTANCE\b|\bTrustAllStrategy\b|\bALLOW_ALL_HOSTNAME_VERIFIER\b|\bInsecureTrustManagerFactory\.INSTANCE\b/g,
    example: 'builder.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE);',
    innocent: 'builder.setSSLHostnameVerifier(new DefaultHostnameVerifier());',
  },
  {
    topic,
    rule: 'CURLOPT_SSL_VERIFYPEER or VERIFYHOST off',
    languages: ['php'],
    words: ['CURLOPT_SSL_VERIFY', "'verify'", '"verify"', 'verify_peer'],
    pattern:
      /\bCURLOPT_SSL_VERIFY(?:PEER|HOST)\s{0,8}(?:,|=>)\s{0,8}(?:false|0)\b|['"]verify(?:_peer|_peer_name)?['"]\s{0,8}=>\s{0,8}false\b/gi,
    example: 'curl_setopt($c, CURLOPT_SSL_VERIFYPEER, false);',
    innocent: 'curl_setopt($c, CURLOPT_SSL_VERIFYPEER, true);',
  },
  {
    topic,
    rule: 'VERIFY_NONE',
    languages: ['ruby'],
    words: ['VERIFY_NONE', 'verify: false', 'verify_ssl'],
    pattern: /\bVERIFY_NONE\b|\bssl: \{ verify: false\b|\bverify_ssl(?:\s{0,4}=|:)\s{0,4}false\b/g,
    example: 'http.verify_mode = OpenSSL::SSL::VERIFY_NONE',
    innocent: 'http.verify_mode = OpenSSL::SSL::VERIFY_PEER',
  },
  {
    topic,
    rule: 'a callback that accepts every certificate',
    languages: ['csharp'],
    words: [
      'DangerousAcceptAnyServerCertificateValidator',
      'CertificateValidationCallback',
      'CertificateCustomValidationCallback',
    ],
    pattern:
      /\bDangerousAcceptAnyServerCertificateValidator\b|Certificate(?:Custom)?ValidationCallback\s{0,8}\+?=\s{0,8}(?:delegate\s{0,4}\{\s{0,8}return true|\([^()\n]{0,80}\)\s{0,8}=>\s{0,8}true\b)/g,
    example: 'handler.ServerCertificateCustomValidationCallback = (a, b, c, d) => true;',
    innocent: 'handler.ServerCertificateCustomValidationCallback = (a, b, c, d) => Check(b);',
  },
  {
    topic,
    rule: 'curl -k, or wget --no-check-certificate',
    languages: ['shell', 'settings'],
    words: ['curl', 'wget'],
    pattern:
      /\bcurl\b[^\n|;&#]{0,200} (?:-[a-zA-Z]{0,8}k[a-zA-Z]{0,8}|--insecure)(?:\s|$)|\bwget\b[^\n|;&#]{0,200}--no-check-certificate\b/gm,
    example: 'curl -sk https://api.example.com/orders',
    innocent: 'curl --keepalive-time 2 -s https://api.example.com/orders',
  },
  {
    topic,
    rule: 'http.sslVerify false',
    languages: ['shell', 'settings'],
    words: ['sslVerify', 'GIT_SSL_NO_VERIFY', 'PYTHONHTTPSVERIFY'],
    pattern:
      /\bsslVerify[ =]{1,3}false\b|\bGIT_SSL_NO_VERIFY[=: ]{1,3}['"]?(?:1|true)\b|\bPYTHONHTTPSVERIFY[=: ]{1,3}['"]?0\b/g,
    example: 'git config http.sslVerify false',
    innocent: 'git config http.sslVerify true',
  },
];
