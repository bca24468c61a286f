/** How late waits were measured in the runs of one scenario. */
export interface NoiseGroup {
  /** Busy loops beside it, on two cores. */
  loops: number;
  runs: readonly {
    /** How late the timers of the lane were. */
    meanMs: number;
    maxMs: number;
    /** No other client started beside it. */
    isQuiet: boolean;
    /** From the beginning of the lane to the client's first request. */
    startMs: number;
    /** Of each wait, from the first. */
    lateMs: readonly number[];
  }[];
}
