// Characters that a terminal or an editor does not show, or that we leave out ourselves before something is shown.

/** Escape sequences of terminals. */
export const ESCAPES = new RegExp(
  [
    // Strings such as a window title end at BEL or ST; one that never ends loses its introducer only, or a peer could swallow our text.
    '(?:\\x1b[P\\]X^_]|[\\x90\\x9d\\x98\\x9e\\x9f])[^\\x07\\x1b\\x90\\x98\\x9c-\\x9f]{0,512}(?:\\x07|\\x1b\\\\|\\x9c)',
    '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]',
    '\\x1b[ -/]+[0-~]',
    '\\x1b[0-~]?',
  ].join('|'),
  'g',
);

/** Of a class of characters, flag `u`: soft hyphen, zero-width and bidi characters, variation selectors, tags. */
export const INVISIBLE =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}';

/** The same for controls, spaces among them. */
export const CONTROLS = '\\u0000-\\u001f\\u007f-\\u009f';
