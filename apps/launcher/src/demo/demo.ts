import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  ArrivalService,
  AwayService,
  CaseLinks,
  CaseService,
  CustomerImports,
  FactService,
  HandoverService,
  ImpactService,
  Incidents,
  IntakeService,
  NextActions,
  NoteService,
  ProblemService,
  PromiseService,
  QueueService,
  ReplyService,
  StoreFactsService,
  WarmRedirectService,
} from '#cases';
import { PeopleService } from '#identity';
import { AgreedTimes, HandoffRounds, Handoffs, LegPlans, Legs, PartnerDoor, Partners } from '#handoffs';
import { BenefitDecisions, Benefits } from '#goodwill';
import { LoanDecisions, LoanerModels, LoanerPool, Loans } from '#loaners';
import type { Config } from '#platform';
import {
  DataRecoveries,
  DeviceFaults,
  DeviceModels,
  Devices,
  PromisedReturns,
  Quotes,
  Relief,
  RepairOrders,
  RepairWays,
  SecondOpinions,
  WarrantyDecisions,
} from '#repairs';
import { CalendarDays, CalendarService, ClockService, DashboardCounters, LadderService, PolicyService } from '#sla';
import { BRIEF_STORIES } from './arrivals.js';
import { keepCalendars } from './calendars.js';
import { importCards } from './cards.js';
import { playGoodwill } from './goodwill.js';
import type { HandoffHands } from './entrusted.js';
import { GONZALO, playHandoffs } from './handoffs.js';
import { openStores, playHands } from './hands.js';
import { LUCIA } from './lucia.js';
import { playLoaners } from './loaners.js';
import { playOutage } from './outage.js';
import { writePast } from './past/past.js';
import { agreeWithPartners } from './partners.js';
import { openQueues, sendAway, spread, type QueueKey } from './queues.js';
import { openRooms } from './rooms.js';
import { playPhones } from './phones.js';
import { playRepairs } from './repairs.js';
import { castAndStores, DemoClock, person, type Scene } from './scene.js';
import { STORIES } from './script.js';
import { Stage } from './stage.js';
import { playStrangers } from './strangers.js';
import { keepTerms } from './terms.js';

/**
 * Writes a believable carrier's day, and the month before it: the day through the product's own services, the same road as real
 * arrivals, at past times; the month as the rows they leave.
 * @param sandboxUrl where the other companies are
 * @returns false when the database already holds cases; then nothing is touched
 */
export async function writeDemoDay(config: Config, sandboxUrl: string, now = new Date()): Promise<boolean> {
  const clock = new DemoClock();
  const app = await openRooms(config, clock);
  try {
    const isWritten = await app.get(DataSource).transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(4846)');
      const [{ exists }]: [{ exists: boolean }] = await tx.query('select exists (select from cases)');
      if (exists) return false;
      const scene = await castAndStores(tx, app.get(PeopleService));
      const queues = await openHouse(app, scene, sandboxUrl, now);
      await playDay(app, scene, { clock, config }, now);
      await playMonth(app, scene, queues, config, now);
      await spread(scene, app.get(CaseService), queues);
      await playOutage(scene, app.get(Incidents), clock, now);
      await sendAway(tx, app.get(AwayService), scene.people, now);
      return true;
    });
    clock.at = now;
    // The days that are over, by what customers lacked when each ended.
    if (isWritten) await app.get(DashboardCounters).nightly();
    return isWritten;
  } finally {
    await app.close();
  }
}

/** Stores, calendars, queues, how long things may take, and who works with us. */
async function openHouse(app: INestApplicationContext, scene: Scene, sandboxUrl: string, now: Date) {
  const { tx, people, stores } = scene;
  await openStores(scene, app.get(StoreFactsService), now);
  const keepers = { calendars: app.get(CalendarService), days: app.get(CalendarDays) };
  await keepCalendars(tx, keepers, person(scene, 'carlos'), stores, now);
  const queues = await openQueues(tx, app.get(QueueService), people);
  const terms = { policies: app.get(PolicyService), ladders: app.get(LadderService) };
  await keepTerms(tx, terms, person(scene, 'carlos'), queues);
  await agreeWithPartners(tx, app.get(Partners), person(scene, 'carlos'), sandboxUrl);
  return queues;
}

async function playDay(
  app: INestApplicationContext,
  scene: Scene,
  { clock, config }: { clock: DemoClock; config: Config },
  now: Date,
): Promise<void> {
  const { tx } = scene;
  const [intake, cases] = [app.get(IntakeService), app.get(CaseService)];
  const services = {
    ...{
      intake,
      cases,
      arrivals: app.get(ArrivalService),
      replies: app.get(ReplyService),
      notes: app.get(NoteService),
    },
    ...{ facts: app.get(FactService), problems: app.get(ProblemService), impacts: app.get(ImpactService) },
    ...{ promises: app.get(PromiseService), links: app.get(CaseLinks) },
  };
  const stage = new Stage(services, clock, config);
  for (const story of [LUCIA, ...STORIES, ...BRIEF_STORIES]) await stage.play(scene, story, now);
  await playStrangers(tx, { intake, config, tell: (at) => (clock.at = at) }, now);
  const hands = {
    ...{ facts: app.get(StoreFactsService), handovers: app.get(HandoverService) },
    ...{ plans: app.get(NextActions), redirects: app.get(WarmRedirectService) },
  };
  clock.at = new Date(now.getTime() - 60_000);
  await importCards(tx, app.get(CustomerImports), person(scene, 'elena'), now);
  await playHands(scene, hands, now);
  const repairs = {
    companies: companiesOf(app),
    ...{ devices: app.get(Devices), orders: app.get(RepairOrders), returns: app.get(PromisedReturns) },
    ...{ quotes: app.get(Quotes), ways: app.get(RepairWays), data: app.get(DataRecoveries), relief: app.get(Relief) },
  };
  await playRepairs(scene, repairs, clock, now);
  const loaners = {
    ...{ models: app.get(LoanerModels), pool: app.get(LoanerPool) },
    ...{ decisions: app.get(LoanDecisions), loans: app.get(Loans) },
  };
  await playLoaners(scene, loaners, clock, now);
  const phones = {
    ...{ devices: repairs.devices, models: app.get(DeviceModels), faults: app.get(DeviceFaults) },
    ...{ decisions: app.get(WarrantyDecisions), opinions: app.get(SecondOpinions) },
  };
  await playPhones(scene, phones, clock, now);
  await stage.play(scene, GONZALO, now);
  await playHandoffs(scene, { ...repairs.companies, ...repairs, cases }, clock, now);
  clock.at = new Date(now.getTime() - 60_000);
  await playGifts(app, scene);
}

async function playGifts(app: INestApplicationContext, scene: Scene): Promise<void> {
  const givers = { benefits: app.get(Benefits), decisions: app.get(BenefitDecisions) };
  const [marta, ivan, elena] = [person(scene, 'marta'), person(scene, 'ivan'), person(scene, 'elena')];
  await playGoodwill(scene, givers, { marta, ivan, elena });
}

const companiesOf = (app: INestApplicationContext): HandoffHands => ({
  ...{ handoffs: app.get(Handoffs), door: app.get(PartnerDoor), rounds: app.get(HandoffRounds) },
  times: app.get(AgreedTimes),
  ...{ plans: app.get(LegPlans), legs: app.get(Legs) },
});

/** The month before the day, behind it: the day is what one is shown first. */
async function playMonth(
  app: INestApplicationContext,
  { tx, people, stores }: Scene,
  queues: Map<QueueKey, string>,
  config: Config,
  now: Date,
): Promise<void> {
  const accounts = { email: config.mail.address, ...(config.twitter ? { twitter: config.twitter.userId } : {}) };
  await writePast(tx, app.get(ClockService), { people, stores, queues, accounts, now }, config.timeZone);
}
