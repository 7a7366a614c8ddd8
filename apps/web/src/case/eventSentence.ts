import type { EventData, EventEntry, EventType } from '#contracts';
import type { Translate } from '../i18n/Words.js';

/** How an event reads: its payload, who did it by first name, the words. */
type Sentence<T extends EventType> = (data: EventData<T>, author: string, t: Translate, entry: EventEntry) => string;
export type Sentences = { [T in EventType]?: Sentence<T> };
