import { type Answer, jsonAnswer } from './answer.js';
import { parseBody } from './body.js';
import { randomBase62 } from './keys.js';
import { Refusal } from './problems.js';
import { isObject } from './resources.js';
import type { Call, World } from './world.js';

/** A token for whoever knows one of the keys, which is the password here. */
export async function logIn(world: World, call: Call): Promise<Answer> {
  const { login } = world.dialect.auth;
  if (login === null) throw new Refusal('not_found', 'There is no log-in here.');
  const body = await parseBody(world, call, null);
  const password = isObject(body) ? body[login.passwordMember] : undefined;
  const key = Object.values(world.keys).find((known) => known === password);
  if (key === undefined) throw new Refusal('invalid_key', 'User or password are wrong.');
  const token = jsonWebToken();
  world.tokens.set(token, { key, expiresAt: Date.now() + login.validMs });
  return jsonAnswer(200, login.answer(token, login.validMs));
}

/** Of the shape of one: it is looked up, not verified. */
function jsonWebToken(): string {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = encoded({ alg: 'HS256', typ: 'JWT' });
  return `${header}.${encoded({ sub: 'usr_demo', jti: randomBase62(16) })}.${randomBase62(43)}`;
}
