import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DeskAction, Language } from '#contracts';
import { DeskViews, isOffered, type DeskView, type OpenDeskLink } from '#handoffs';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';
import { Moments } from '../tracking/moments.js';
import { DESK_WORDS } from './languages.js';
import { deskPage } from './page.js';
import type { Became, DeskScene } from './scene.js';

/** What the address of the page asks for. */
export interface AskedDesk {
  lang?: string;
  /** Whose form is open: where the button of a message leads. */
  do?: string;
  said?: string;
}

/** Puts the desk of a handoff together. */
@Injectable()
export class DeskPages {
  constructor(
    private readonly database: DataSource,
    private readonly views: DeskViews,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(link: OpenDeskLink, token: string, asked: AskedDesk, became: Became | null = null): Promise<string> {
    return deskPage(await this.scene(link, token, asked, became));
  }

  /** Everything a page of theirs says, whatever it is written on. */
  async scene(link: OpenDeskLink, token: string, asked: AskedDesk, became: Became | null = null): Promise<DeskScene> {
    const view = await this.views.of(this.database.manager, link);
    const language = Language.safeParse(asked.lang).data ?? view.partner.language;
    return {
      ...{ view, language, link, became: became ?? saidOf(asked) },
      words: DESK_WORDS[language],
      moments: new Moments(language, view.partner.timeZone, this.clock.now()),
      path: `/desk/${token}`,
      brand: this.config.mail.name,
      nonce: randomBytes(16).toString('base64url'),
      open: openOf(view, asked, became),
    };
  }
}

const saidOf = ({ said }: AskedDesk): Became | null =>
  said === '1' || said === 'late' ? { kind: 'taken', late: said === 'late' } : null;

function openOf(view: DeskView, asked: AskedDesk, became: Became | null): DeskAction | null {
  if (became?.kind === 'refused') return became.action;
  const action = DeskAction.safeParse(asked.do).data;
  if (action && isOffered(view, action)) return action;
  return asked.said ? null : view.offered.first;
}
