import type { BenefitDesk } from '../benefits/benefit-desk.js';
import type { Clock } from '../clock.js';
import type { Feed } from '../feed.js';
import type { KnobBoard } from '../knobs.js';
import type { Mails } from '../mail/mails.js';
import type { PostOffice } from '../mail/post-office.js';
import type { Manufacturer } from '../manufacturer/manufacturer.js';
import type { Messages } from '../messages.js';
import type { People } from '../people.js';
import type { Posts } from '../posts.js';
import type { Switchboard } from '../switchboard.js';
import type { OAuth2 } from '../twitter/oauth2.js';
import type { MediaLibrary } from '../twitter/media-library.js';
import type { Courier } from '../webhooks/courier.js';

/** The whole outside world, as the control API and the page reach it. */
export interface Outside {
  people: People;
  messages: Messages;
  posts: Posts;
  media: MediaLibrary;
  oauth2: OAuth2;
  mails: Mails;
  postOffice: PostOffice;
  courier: Courier;
  switchboard: Switchboard;
  benefits: BenefitDesk;
  manufacturer: Manufacturer;
  knobs: KnobBoard;
  feed: Feed;
  now: Clock;
  /** The care address customers write to. */
  careAddress: string;
  /** Where the doors are, for the page. */
  addresses: Record<string, string>;
}
