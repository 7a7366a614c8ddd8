import pg from 'pg';
import { serve } from './companion.js';

export interface BareClockSettings {
  url: string;
}

const PORTION = 500;

/** The least that could tell what is late: claim a portion of due rows, mark them, write down that they are, commit, again until there are none. */
await serve(async ({ url }: BareClockSettings) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const claim = {
    name: 'claim',
    text: `with late as (update clock k set breached_at = k.due_at, is_told = true
           from (select case_id, metric, side, round from clock where due_at <= $1 and met_at is null and ended_at is null and breached_at is null
                 order by due_at limit ${PORTION} for update skip locked) due
           where k.case_id = due.case_id and k.metric = due.metric and k.side = due.side and k.round = due.round
           returning k.case_id, k.metric, k.side, k.due_at)
           insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_name, source, at)
           select new_id(), case_id, 1, 'clock.breached', jsonb_build_object('metric', metric, 'side', side, 'dueAt', due_at), 'system', 'bare', 'sla', $1 from late`,
  };
  return {
    ready: {},
    commands: {
      /** @returns milliseconds until nothing is due, and how many clocks that were */
      async run(): Promise<{ ms: number; clocks: number }> {
        const now = new Date();
        const began = performance.now();
        let clocks = 0;
        for (;;) {
          const { rowCount } = await client.query({ ...claim, values: [now] });
          if (!rowCount) return { ms: performance.now() - began, clocks };
          clocks += rowCount;
        }
      },
    },
    end: () => client.end(),
  };
});
