import { EVENTS, type EventType } from '#contracts';

/** What somebody wrote, or is called, as it may stand in any text of an event; it looks like a word of ours. */
export const SAID = 'lucia';
export const SAMPLE_ID = '01932f6e-7a10-7cc3-9f0e-3c6d0a2f9b11';

interface Schema {
  def: {
    type: string;
    format?: string;
    innerType?: unknown;
    element?: unknown;
    valueType?: unknown;
    options?: unknown[];
    shape?: Record<string, unknown>;
    items?: unknown[];
    in?: unknown;
    entries?: Record<string, string>;
    values?: unknown[];
  };
}

/** A value with everything in it that may be there. */
function sampleOf(schema: unknown): unknown {
  const { def } = schema as Schema;
  if (def.innerType) return sampleOf(def.innerType);
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape ?? {}).map(([key, value]) => [key, sampleOf(value)]));
    case 'array':
      return [sampleOf(def.element)];
    case 'record':
      return { [SAID]: sampleOf(def.valueType) };
    case 'union':
      return sampleOf(def.options?.[0]);
    case 'pipe':
      return sampleOf(def.in);
    case 'enum':
      return Object.values(def.entries ?? {})[0];
    case 'literal':
      return def.values?.[0];
    case 'boolean':
      return true;
    case 'number':
      return 612_407_755;
    default:
      return def.format === 'uuid' ? SAMPLE_ID : SAID;
  }
}

/** What each event of the house may say, with every text in it being `SAID`. */
export const EVENT_SAMPLES = (Object.keys(EVENTS) as EventType[]).map((type) => ({
  type,
  data: sampleOf(EVENTS[type]) as Record<string, unknown>,
}));
