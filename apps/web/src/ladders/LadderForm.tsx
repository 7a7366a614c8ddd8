import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { MAX_RUNGS, type Ladder, type Rung } from '#contracts';
import { Form } from '../app/Form.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { changeLadder, laddersQuery } from './ladderRequests.js';
import { RungFields } from './RungFields.js';
import { useRungWords } from './useRungWords.js';
import styles from './Ladders.module.css';

const NEW_RUNG: Rung = {
  ...{ when: { share: 0.75 }, metrics: ['first_useful_action', 'next_response', 'relief', 'resolution'] },
  ...{ tell: ['owner'], accountable: null, queueId: null, priority: null, acknowledgeMinutes: null },
};

/** In another order; out of the list it stays where it is. */
const moved = (rungs: Rung[], from: number, to: number): Rung[] => {
  const rung = rungs[from];
  return rung && to >= 0 && to < rungs.length ? rungs.toSpliced(from, 1).toSpliced(to, 0, rung) : rungs;
};

interface RowProps {
  rung: Rung;
  place: number;
  edits: boolean;
  opened: boolean;
  onOpen: () => void;
  onChange: (rung: Rung) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

const Row = ({ rung, place, edits, opened, onOpen, onChange, onMove, onRemove }: RowProps) => {
  const { t } = useWords();
  const words = useRungWords()(rung);
  const named = { place: place + 1 };
  return (
    <li className={styles.rung}>
      <span className={styles.place} aria-hidden>
        {place + 1}
      </span>
      <div className={styles.words}>
        <b>{words.when}</b>
        <span>{words.does}</span>
        <small>{rung.metrics.map((metric) => t(`clock.${metric}`)).join(' · ')}</small>
      </div>
      {edits ? (
        <div className={styles.tools}>
          <button type="button" aria-label={t('ladder.up', named)} onClick={() => onMove(-1)}>
            <ArrowUp size={15} />
          </button>
          <button type="button" aria-label={t('ladder.down', named)} onClick={() => onMove(1)}>
            <ArrowDown size={15} />
          </button>
          <button type="button" aria-label={t('ladder.edit', named)} aria-expanded={opened} onClick={onOpen}>
            <Pencil size={15} />
          </button>
          <button type="button" aria-label={t('ladder.remove', named)} onClick={onRemove}>
            <Trash2 size={15} />
          </button>
        </div>
      ) : null}
      {opened ? (
        <div className={styles.fields}>
          <RungFields rung={rung} onChange={onChange} />
        </div>
      ) : null}
    </li>
  );
};

/** A ladder in plain words, rung by rung; who may, edits it. Saved, it is another version, for clocks that begin from then on. */
export const LadderForm = ({ ladder, edits }: { ladder: Ladder; edits: boolean }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const [rungs, setRungs] = useState(ladder.rungs);
  const [opened, setOpened] = useState<number | null>(null);
  const { run, busy, problem } = useDeed();
  const isChanged = JSON.stringify(rungs) !== JSON.stringify(ladder.rungs);
  const save = async () => {
    const done = await run(() => changeLadder(ladder.id, { rungs, version: ladder.version }));
    if (done) await client.invalidateQueries({ queryKey: laddersQuery.queryKey });
  };
  const list = (
    <ol className={styles.rungs} aria-label={ladder.name}>
      {rungs.map((rung, place) => (
        <Row
          key={place}
          {...{ rung, place, edits }}
          opened={opened === place}
          onOpen={() => setOpened(opened === place ? null : place)}
          onChange={(changed) => setRungs(rungs.with(place, changed))}
          onMove={(by) => {
            setRungs(moved(rungs, place, place + by));
            setOpened(null);
          }}
          onRemove={() => {
            setRungs(rungs.toSpliced(place, 1));
            setOpened(null);
          }}
        />
      ))}
    </ol>
  );
  if (!edits) return list;
  return (
    <Form
      deed={t('ladder.save')}
      busy={busy}
      problem={problem}
      disabled={!isChanged || rungs.some(({ metrics }) => metrics.length === 0)}
      aside={
        <Button
          disabled={rungs.length >= MAX_RUNGS}
          onClick={() => {
            setRungs([...rungs, NEW_RUNG]);
            setOpened(rungs.length);
          }}
        >
          {t('ladder.add_rung')}
        </Button>
      }
      onSubmit={save}
    >
      {rungs.length === 0 ? <p>{t('ladder.empty')}</p> : null}
      {list}
    </Form>
  );
};
