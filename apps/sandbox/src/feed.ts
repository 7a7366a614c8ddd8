import { EventEmitter } from 'node:events';

/** What the page is told at once: something of this kind changed, concerning these people. */
export interface Change {
  kind: 'person' | 'dm' | 'post' | 'mail' | 'call' | 'knobs' | 'webhook' | 'burst' | 'factory';
  personIds: string[];
}

type FeedEvents = { change: [Change] };

/** The sandbox's own doorbell: says that something changed, never what it is. */
export class Feed {
  private readonly emitter = new EventEmitter<FeedEvents>().setMaxListeners(0);

  tell(kind: Change['kind'], ...personIds: string[]): void {
    this.emitter.emit('change', { kind, personIds });
  }

  /** Returns the call that stops listening. */
  listen(listener: (change: Change) => void): () => void {
    this.emitter.on('change', listener);
    return () => this.emitter.off('change', listener);
  }
}
