// The bundler can only split packages off behind a module of ours.
import { sample } from 'openapi-sampler';

export type Sampler = typeof sample;
export { sample };
