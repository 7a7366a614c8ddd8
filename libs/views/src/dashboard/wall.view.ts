import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DashboardTiles, Language, WallNow } from '#contracts';
import { CONFIG, Shared, type Config } from '#platform';
import { DashboardView, QUEUES_KEPT } from './dashboard.view.js';
import { firstNameOf, wordOf } from './wall.rules.js';

/** So long one answer serves all screens of a queue. */
const SHARED_MS = 1000;
/** So many fit on a screen that is read from afar. */
const DUE = 5;

const DUE_NEXT = `select c.customer_name as name, l.update_late as "updateLate", l.lacks, l.next_metric as metric, l.next_due_at, l.next_is_late as "isLate", iso(l.next_due_at) as "dueAt"
  from case_ledger l join cases c on c.id = l.case_id where not l.is_over and l.next_due_at is not null and ($1::uuid is null or l.queue_id = $1)
  order by l.next_due_at, l.case_id limit ${DUE}`;

interface Due {
  name: string;
  updateLate: boolean;
  lacks: string[];
  metric: string | null;
  isLate: boolean;
  dueAt: string;
}

interface Found extends Pick<DashboardTiles, 'at' | 'tiles'> {
  due: Due[];
}

/** What may be shown to a whole room: figures and first names. */
@Injectable()
export class WallView {
  private readonly shared = new Shared<Found>(SHARED_MS, QUEUES_KEPT);

  constructor(
    private readonly database: DataSource,
    private readonly dashboard: DashboardView,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read(link: {
    name: string;
    queueId: string | null;
    queue: string | null;
    language: Language;
  }): Promise<WallNow> {
    const { at, tiles, due } = await this.shared.of(link.queueId ?? '', () => this.find(link.queueId));
    const longest = tiles.find(({ tile }) => tile === 'without_service')?.first[0];
    return {
      at,
      ...{ name: link.name, queue: link.queue, language: link.language, timeZone: this.config.timeZone },
      figures: tiles.map(({ tile, count, capped }) => ({ tile, count, capped })),
      longest: longest?.at ? { firstName: firstNameOf(longest.customer), since: longest.at } : null,
      due: due.map((row) => ({
        ...{ firstName: firstNameOf(row.name), word: wordOf(row) },
        ...{ dueAt: row.dueAt, isLate: row.isLate },
      })),
    };
  }

  private async find(queueId: string | null): Promise<Found> {
    const [{ at, tiles }, due]: [DashboardTiles, Due[]] = await Promise.all([
      this.dashboard.tiles(queueId),
      this.database.query(DUE_NEXT, [queueId]),
    ]);
    return { at, tiles, due };
  }
}
