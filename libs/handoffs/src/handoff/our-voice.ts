import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HandoffWord, MessageVia } from '#contracts';
import { actorOf, SYSTEM, type Actor } from '#cases';
import type { Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { HandoffLog, ourSide } from './handoff-log.js';
import { HandoffMoves, verdictOf } from './handoff-moves.js';
import type { HandoffRecord } from './handoff-record.js';

/** Who of us speaks. */
export interface Speaker {
  actor: Actor;
  via: Extract<MessageVia, 'staff' | 'clock'>;
  byId: string | null;
}

export const speakerOf = (principal: Principal): Speaker => ({
  ...{ actor: actorOf(principal), via: 'staff', byId: principal.id },
});
/** What is said because something happened, by nobody in particular. */
export const HOUSE: Speaker = { actor: SYSTEM, via: 'clock', byId: null };

/** Behind every id. */
const LAST = '~';

/** The one way for everything we say to another company: into the log, applied, and on its way to them. */
@Injectable()
export class OurVoice {
  constructor(
    private readonly log: HandoffLog,
    private readonly moves: HandoffMoves,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The caller holds the handoff and has checked that the word is ours to say.
   * @returns its line in the log
   * @throws DomainError handoff.transition_forbidden
   */
  async speak(
    tx: EntityManager,
    handoff: HandoffRecord,
    { actor, via, byId }: Speaker,
    word: HandoffWord,
  ): Promise<string> {
    const [side, at] = [ourSide(handoff), this.clock.now()];
    // What we say now is said after all that we have said.
    const folded = verdictOf(handoff, { side, word, at, ref: LAST });
    if (!folded.applied) throw new DomainError('handoff.transition_forbidden', { from: handoff.state, to: word.kind });
    const entryId = await this.log.append(tx, handoff, {
      ...{ side, ours: true, via, word, at, byId, byName: actor.name },
      attachmentIds: word.kind === 'file' ? word.attachmentIds : [],
    });
    await this.moves.apply(tx, handoff, { side, word, at, ref: entryId, actor, entryId, ours: true });
    await this.log.dispatch(tx, handoff, entryId, word);
    return entryId;
  }
}
