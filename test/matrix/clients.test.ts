// All sample clients against all checks, end to end through the built command line.
import { it } from 'vitest';
import { CLIENT_NAMES, inTurn, runClient } from '../../src/dev/confusion.js';
import { expectRight } from './right.js';

it('each sample client fails its own checks, and nothing else', { timeout: 1_200_000 }, async () => {
  expectRight(await inTurn(CLIENT_NAMES, 4, runClient));
});
