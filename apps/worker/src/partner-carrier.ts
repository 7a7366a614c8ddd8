import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PartnerMailer, type SendOutcome } from '#channels';
import { PostOffice, SENT, type Handed, type PartnerPost, type PostCarrier } from '#handoffs';
import { CLOCK, type Clock } from '#platform';

/** Carries mails to partners to the relay. */
@Injectable()
export class PartnerCarrier implements PostCarrier, OnModuleInit {
  constructor(
    private readonly post: PostOffice,
    private readonly mailer: PartnerMailer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.post.use(this);
  }

  async carry(letter: PartnerPost): Promise<Handed> {
    return this.handed(await this.mailer.send(letter));
  }

  /** Whether a line that broke had taken it nobody can say: it goes again under the same Message-ID. */
  private handed(said: SendOutcome): Handed {
    if (said.outcome === 'sent') return SENT;
    if (said.outcome === 'failed') return { verdict: 'dead', error: said.detail, retryAfter: null };
    const wait = 'at' in said && said.at ? Math.ceil((said.at.getTime() - this.clock.now().getTime()) / 1000) : 0;
    return { verdict: 'again', error: said.detail, retryAfter: wait > 0 ? wait : null };
  }
}
