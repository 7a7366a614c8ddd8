import { z } from 'zod';
import { CaseRow } from './cases.js';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';
import { RepairHolder, RepairStage } from './repairs.words.js';
import { ImpactKind, Language, Role } from './words.js';

/** What those see who look after others' work: figures that open exactly the rows they count. */

/**
 * `paper`: every measure is green and the customer still lacks something · `without_service`: something they lost is not
 * restored · `without_loaner`: and nothing stands in for it · `breached`, `at_risk`: the customer's nearest clock is late, or
 * will be within half an hour · `update_late`: we promised to write and did not · `handovers`: nobody said that they have it ·
 * `escalations`: raised and not acknowledged.
 */
export const DashboardTile = z.enum([
  'paper',
  'without_service',
  'without_loaner',
  'breached',
  'at_risk',
  'update_late',
  'handovers',
  'escalations',
]);
export type DashboardTile = z.infer<typeof DashboardTile>;

/** How far ahead `at_risk` looks. */
export const AT_RISK_MINUTES = 30;

/** The case a figure would begin with. */
export const TileHead = z.object({
  caseId: Id,
  customer: z.string(),
  lacks: z.array(ImpactKind),
  /** Since when, or by when; what it means follows from the tile. */
  at: Instant.nullable(),
  /** Whose turn it is: whom it was handed to, who answers for it. */
  who: z.string().nullable(),
});
export type TileHead = z.infer<typeof TileHead>;

export const TileFigure = z.object({
  tile: DashboardTile,
  count: z.number().int(),
  /** There are more: what is counted row by row stops at 1,000. */
  capped: z.boolean(),
  /** The first two of its rows. */
  first: z.array(TileHead),
});
export type TileFigure = z.infer<typeof TileFigure>;

export const DashboardQuery = z.object({ queueId: Id.optional() });

export const DashboardTiles = z.object({
  at: Instant,
  tiles: z.array(TileFigure),
  /** How many were without service at the end of yesterday; null: nobody counted then. */
  yesterday: z.number().int().nullable(),
  /** When time alone changes a figure next; null: nothing is due. */
  nextChangeAt: Instant.nullable(),
});
export type DashboardTiles = z.infer<typeof DashboardTiles>;

export const DashboardRowsQuery = PageQuery.extend({ tile: DashboardTile, queueId: Id.optional() });
export const DashboardRow = z.object({
  /** Of the row: a case stands under some tiles more than once. */
  id: Id,
  case: CaseRow,
  at: Instant.nullable(),
  who: z.string().nullable(),
});
export type DashboardRow = z.infer<typeof DashboardRow>;
export const DashboardRows = page(DashboardRow);
export type DashboardRows = z.infer<typeof DashboardRows>;

/** Where an open case lies: with one of us, at a store, or with whom we wait for. */
export const CasePlace = z.enum(['us', 'store', 'customer', 'partner', 'parts', 'courier']);
export type CasePlace = z.infer<typeof CasePlace>;

export const QueuePanel = z.object({
  id: Id,
  name: z.string(),
  /** Open and nobody's. */
  waiting: z.number().int(),
  /** Since when the oldest of them is open. */
  oldestAt: Instant.nullable(),
  /** Of them those due within an hour, late ones too; 1,000 at most. */
  dueSoon: z.number().int(),
  /** People on shift who take from it; null: everybody may. */
  staff: z.number().int().nullable(),
});
export type QueuePanel = z.infer<typeof QueuePanel>;

export const PlacePanel = z.object({
  place: CasePlace,
  /** Cases opened less than one, three, five days ago, and before. */
  ages: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]),
  oldestAt: Instant.nullable(),
});
export type PlacePanel = z.infer<typeof PlacePanel>;

/** Phones in repair that somebody has: how long ago they were taken in, and how far they are. */
export const PhonePanel = z.object({
  holder: RepairHolder,
  ages: PlacePanel.shape.ages,
  oldestAt: Instant.nullable(),
  stages: z.array(z.object({ stage: RepairStage, count: z.number().int() })),
});
export type PhonePanel = z.infer<typeof PhonePanel>;

/** What somebody is doing, as far as it is known: at a case, there, away, or not at work. */
export const StaffState = z.enum(['at_counter', 'writing', 'viewing', 'available', 'away', 'off']);
export type StaffState = z.infer<typeof StaffState>;

export const StaffPanel = PersonRef.extend({
  role: Role,
  store: z.string().nullable(),
  state: StaffState,
  /** Of `away`: until when. */
  until: Instant.nullable(),
  /** Open cases of theirs, and how many they take at most. */
  load: z.number().int(),
  capacity: z.number().int(),
});
export type StaffPanel = z.infer<typeof StaffPanel>;

/** How far back the line of those without service goes. */
export const DASHBOARD_DAYS = 14;

export const ServiceDay = z.object({ day: z.iso.date(), count: z.number().int() });

export const DashboardPanels = z.object({
  at: Instant,
  queues: z.array(QueuePanel),
  places: z.array(PlacePanel),
  phones: z.array(PhonePanel),
  people: z.array(StaffPanel),
  /** Customers without service at the end of each of the last days, the oldest first; days nobody counted are left out. */
  days: z.array(ServiceDay),
});
export type DashboardPanels = z.infer<typeof DashboardPanels>;

/** What the kept figures were, and what counting every row anew said. */
export const RecountAnswer = z.object({
  at: Instant,
  wrong: z.array(
    z.object({ tile: z.string(), queueId: Id.nullable(), kept: z.number().int(), counted: z.number().int() }),
  ),
});
export type RecountAnswer = z.infer<typeof RecountAnswer>;

/** Rung at those who supervise when a figure may have changed. */
export const DashboardChanged = z.object({ at: Instant });
export type DashboardChanged = z.infer<typeof DashboardChanged>;

/** A screen on a wall: a link that shows figures and first names, and nothing else. */
export const WallLink = z.object({
  id: Id,
  name: z.string(),
  queue: z.object({ id: Id, name: z.string() }).nullable(),
  language: Language,
  createdBy: PersonRef,
  createdAt: Instant,
  lastSeenAt: Instant.nullable(),
});
export type WallLink = z.infer<typeof WallLink>;
export const WallLinks = z.object({ items: z.array(WallLink) });
export const NewWallLinkBody = z.object({
  name: z.string().trim().min(1).max(60),
  queueId: Id.nullable().default(null),
  language: Language,
});
export type NewWallLinkBody = z.input<typeof NewWallLinkBody>;
/** The address is told this once; what opens it stands behind its `#` and reaches no log. */
export const NewWallLink = WallLink.extend({ url: z.string() });
export type NewWallLink = z.infer<typeof NewWallLink>;

/** What somebody waits for, in the few words a wall has. */
export const WallWord = z.enum([...ImpactKind.options, 'update', 'answer', 'solution']);
export type WallWord = z.infer<typeof WallWord>;

export const WallNow = z.object({
  at: Instant,
  name: z.string(),
  queue: z.string().nullable(),
  language: Language,
  timeZone: z.string(),
  figures: z.array(TileFigure.pick({ tile: true, count: true, capped: true })),
  /** Who has been without service for longest; null: nobody is. A first name, or null where none can be told from what we know. */
  longest: z.object({ firstName: z.string().nullable(), since: Instant }).nullable(),
  due: z.array(z.object({ firstName: z.string().nullable(), word: WallWord, dueAt: Instant, isLate: z.boolean() })),
});
export type WallNow = z.infer<typeof WallNow>;
