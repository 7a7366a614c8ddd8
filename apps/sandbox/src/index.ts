export { DEMO_CAST } from './cast.js';
export type { FactoryDay } from './manufacturer/weather.js';
export { FAIR_WEATHER, type KnobPatch, type Knobs } from './knobs.js';
export type { SandboxOptions } from './options.js';
export { type Sandbox, startSandbox } from './sandbox.js';
