// Why a vector is no attack under a scheme.
import type { Scheme } from '../scheme.js';

/** null: it applies. */
export type Missing = (scheme: Scheme) => string | null;

export const always: Missing = () => null;
export const withTimestamp: Missing = ({ timestamp }) => (timestamp === null ? 'the scheme has no timestamp' : null);
export const withHmac: Missing = ({ algorithm }) =>
  algorithm === 'ed25519' ? 'the scheme signs with a private key' : null;
export const withKeyPair: Missing = ({ algorithm }) =>
  algorithm === 'ed25519' ? null : 'the scheme signs with a shared secret';
export const withVersion: Missing = ({ version }) => (version === null ? 'the scheme names no version' : null);
export const withFurther: Missing = ({ further }) => (further === null ? 'the scheme has one signature only' : null);
export const withType: Missing = ({ type }) =>
  type === null ? 'nothing says where the type is (contract.webhook.type)' : null;
export const withId: Missing = ({ id }) => (id === null ? 'nothing says where the id is (contract.webhook.id)' : null);

/** Whether the signature covers it. */
export const signing =
  (name: 'id' | 'timestamp' | 'url' | 'body'): Missing =>
  ({ signs }) =>
    signs.includes(`{${name}}`) ? null : `the scheme does not sign the ${name}`;

/** In what is signed itself, or in the body that is. */
export const withSignedId: Missing = (scheme) =>
  scheme.id !== null && 'pointer' in scheme.id ? signing('body')(scheme) : signing('id')(scheme);

/** The first reason of several. */
export const all =
  (...reasons: readonly Missing[]): Missing =>
  (scheme) =>
    reasons.map((reason) => reason(scheme)).find((one) => one !== null) ?? null;
