import type { AddressInfo } from 'node:net';
import { BenefitDesk } from './benefits/benefit-desk.js';
import { DEMO_CAST } from './cast.js';
import { systemClock } from './clock.js';
import { controlServer } from './control/server.js';
import type { Outside } from './control/outside.js';
import { Feed } from './feed.js';
import { KnobBoard } from './knobs.js';
import { MailboxServer } from './mail/mailbox-server.js';
import { Mails } from './mail/mails.js';
import { PostOffice } from './mail/post-office.js';
import { Manufacturer } from './manufacturer/manufacturer.js';
import { Messages } from './messages.js';
import { type SandboxOptions, optionsFrom } from './options.js';
import { People } from './people.js';
import { Posts } from './posts.js';
import { Snowflakes } from './snowflake.js';
import { Switchboard } from './switchboard.js';
import { certificateIn } from './twitter/certificate.js';
import { OAuth2 } from './twitter/oauth2.js';
import { MediaLibrary } from './twitter/media-library.js';
import { twitterServer } from './twitter/server.js';
import { Courier } from './webhooks/courier.js';
import { WebhookRegistry } from './webhooks/registry.js';

/** A running outside world. */
export interface Sandbox {
  /** Page and control API, e.g. `http://127.0.0.1:3001`. */
  url: string;
  port: number;
  twitterPort: number;
  smtpPort: number;
  /** `host:port` that connections to X's hosts are dialled to. */
  twitterPeer: string;
  /** `smtp://host:port` of the customers' mailboxes. */
  smtpUrl: string;
  /** The certificate authority of X's hosts, PEM file. */
  caPath: string;
  /** The same world the control API works on. */
  outside: Outside;
  stop(): Promise<void>;
}

/** What is not told: free ports, the demo's keys and people, X's own waits. The rest as the environment has it by default. */
function complete(stated: Partial<SandboxOptions>): SandboxOptions {
  const byDefault = optionsFrom({ HILO_SANDBOX_PORT: '0' });
  return {
    ...(byDefault as SandboxOptions),
    cast: true,
    retryDelaysMs: [3_000, 30_000, 300_000],
    challengeRetryMs: 3_000,
    challengeEveryMs: 3_600_000,
    mailRetryDelaysMs: [2_000, 5_000, 15_000, 30_000],
    now: systemClock,
    // What is not told to remember starts with nothing.
    manufacturer: { ...(byDefault as SandboxOptions).manufacturer, archive: null },
    ...stated,
  };
}

/** X, the people and their mail, before any door is open. */
function makeOutside(options: SandboxOptions): Outside {
  const { now } = options;
  const feed = new Feed();
  const knobs = new KnobBoard(now, feed);
  const snowflakes = new Snowflakes(now);
  const people = new People(options.care, options.otherCare, snowflakes, now, feed);
  if (options.cast) for (const person of DEMO_CAST) people.add(person, 'cast');
  const mails = new Mails(people, now, feed);
  const posts = new Posts(people, snowflakes, now, feed);
  const webhook = { ...options, consumerSecret: options.twitter.consumerSecret };
  const registry = new WebhookRegistry(options.webhooks === 'given' ? options.webhookUrl : null, snowflakes, now);
  const addresses: Record<string, string> = {};
  const office = { ...options.productSmtp, careAddress: options.careAddress, retryDelaysMs: options.mailRetryDelaysMs };
  return {
    people,
    knobs,
    feed,
    now,
    mails,
    messages: new Messages(snowflakes, now, feed),
    media: new MediaLibrary(snowflakes, now, knobs),
    oauth2: new OAuth2(options.twitter, now),
    posts,
    courier: new Courier(webhook, registry, posts, knobs, feed, now),
    postOffice: new PostOffice(office, mails),
    switchboard: new Switchboard(options.switchboard, now, feed),
    benefits: new BenefitDesk(options.benefitsSecret, now),
    manufacturer: new Manufacturer(
      options.manufacturer,
      now,
      () => addresses['url'] ?? '',
      () => feed.tell('factory'),
    ),
    careAddress: options.careAddress,
    addresses,
  };
}

const portOf = (server: { address(): AddressInfo | string | null }): number => (server.address() as AddressInfo).port;

/** Starts X, the mailboxes, the control API and the page. Everything that was started is stopped again when one fails. */
export async function startSandbox(stated: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const options = complete(stated);
  const { host } = options;
  const outside = makeOutside(options);
  const certificate = await certificateIn(options.caDir);
  const twitter = await twitterServer(outside, options.twitter, certificate);
  const mailboxes = new MailboxServer(outside.mails, outside.knobs);
  const control = await controlServer(outside);
  const stop = async (): Promise<void> => {
    outside.courier.stop();
    outside.postOffice.stop();
    outside.switchboard.stop();
    outside.manufacturer.stop();
    await Promise.all([control.close(), twitter.close(), mailboxes.stop()]);
  };
  try {
    const smtpPort = await mailboxes.start(options.smtpPort, host);
    await twitter.listen({ port: options.twitterPort, host });
    await control.listen({ port: options.port, host });
    const [port, twitterPort] = [portOf(control.server), portOf(twitter.server)];
    const addresses = {
      url: `http://${host}:${port}`,
      twitterPeer: `${host}:${twitterPort}`,
      smtpUrl: `smtp://${host}:${smtpPort}`,
      caPath: certificate.caPath,
    };
    const productMail = `smtp://${options.productSmtp.host}:${options.productSmtp.port}`;
    Object.assign(outside.addresses, addresses, { webhookUrl: options.webhookUrl, productMail });
    void outside.courier.validate();
    return { ...addresses, port, twitterPort, smtpPort, outside, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
