// Loaded into every Node program of an intercepted client (NODE_OPTIONS). Before 22.21 and 24.5 Node itself heeds no proxy,
// and after that no agent of a program's own does, as SDKs have them. Plain JavaScript: it runs in the user's Node.
'use strict';
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const tls = require('node:tls');

const proxy = urlIn(process.env.HTTPS_PROXY);
// What it takes to lead fetch through a proxy where Node does not do so itself.
const OLDEST_FOR_FETCH = 20;
const DISPATCHER = Symbol.for('undici.globalDispatcher.1');
const LONGEST_HEAD = 16 * 1024;

if (proxy !== null) {
  for (const [agent, isSecure] of [
    [http.Agent, false],
    [https.Agent, true],
  ])
    agent.prototype.createConnection = connecting(agent.prototype.createConnection, isSecure);
  // Node's own fetch heeds the variables where Node has this flag.
  const isLed = process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
  if (!isLed && Number.parseInt(process.versions.node, 10) >= OLDEST_FOR_FETCH) {
    const value = lazyDispatcher(proxy.href);
    Object.defineProperty(globalThis, DISPATCHER, { value, writable: true, enumerable: false, configurable: false });
  }
}

function urlIn(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function connecting(usual, isSecure) {
  return function createConnection(...given) {
    const [options, done] = given;
    const isOurs = typeof options !== 'object' || options.socket || options.socketPath || typeof done !== 'function';
    if (isOurs || isProxy(options)) return usual.apply(this, given);
    tunnelTo(options, (error, socket) => {
      if (error) done(error);
      else done(null, isSecure ? tls.connect({ ...options, socket, servername: nameOf(options) }) : socket);
    });
    return undefined;
  };
}

function isProxy({ host, port }) {
  return host === proxy.hostname && String(port) === proxy.port;
}

/** As Node's own agents choose it: no address stands in SNI. */
function nameOf({ servername, host }) {
  return servername || (net.isIP(host ?? '') === 0 ? host : '');
}

/** A connection through the proxy (RFC 9110, 9.3.6). */
function tunnelTo({ host = 'localhost', port }, done) {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const user = Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`);
  const credentials = proxy.username === '' ? '' : `Proxy-Authorization: Basic ${user.toString('base64')}\r\n`;
  const socket = net.connect({ host: proxy.hostname, port: Number(proxy.port) });
  let head = Buffer.alloc(0);
  const finish = (error) => {
    socket.off('readable', read);
    socket.off('error', finish);
    socket.off('end', ended);
    if (error) socket.destroy();
    done(error, socket);
  };
  const ended = () => finish(new Error(`the proxy closed the tunnel to ${authority}`));
  const read = () => {
    for (let piece = socket.read(); piece !== null; piece = socket.read()) head = Buffer.concat([head, piece]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) {
      if (head.length > LONGEST_HEAD) finish(new Error('the proxy answers without an end'));
      return;
    }
    const [line] = head.toString('latin1').split('\r\n');
    if (!/^HTTP\/1\.[01] 200\b/.test(line)) return finish(new Error(`the proxy refused ${authority}: ${line}`));
    if (head.length > end + 4) socket.unshift(head.subarray(end + 4));
    finish(null);
  };
  socket.on('readable', read);
  socket.on('error', finish);
  socket.on('end', ended);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`);
}

/** Of fetch and of undici: loaded by the first call, since most programs make none. */
function lazyDispatcher(uri) {
  let made = null;
  const dispatcher = () => {
    if (made === null) made = new (require('undici').ProxyAgent)({ uri });
    return made;
  };
  return {
    dispatch: (...given) => dispatcher().dispatch(...given),
    close: (...given) => dispatcher().close(...given),
    destroy: (...given) => dispatcher().destroy(...given),
    on() {
      return this;
    },
    off() {
      return this;
    },
    once() {
      return this;
    },
  };
}
