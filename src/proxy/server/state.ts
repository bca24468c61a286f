import type { HttpProxy } from '../http-proxy.js';
import type { LaneOptions } from '../options.js';
import type { Matcher } from '../pattern.js';
import type { RandomStreams } from '../random.js';
import type { Sockets } from '../sockets.js';
import type { Activity } from './activity.js';
import type { Epoch } from './epoch.js';
import type { OtherOrigin } from './other-origin.js';

/** What the parts of one running lane share. */
export interface LaneState {
  readonly options: LaneOptions;
  readonly random: RandomStreams;
  /** The configured operation that a method and path belong to. */
  readonly match: Matcher;
  readonly sockets: Sockets;
  readonly httpProxy: HttpProxy;
  readonly activity: Activity;
  readonly otherOrigin: OtherOrigin;
  /** Of the scenario under way. */
  epoch: Epoch;
  /** Connections admitted so far. */
  admitted: number;
  /** Requests that were on their way already when we closed their idle connection. */
  idleCloseRaces: number;
  isClosing: boolean;
}
