import { Button } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useWords } from '../i18n/Words.js';
import type { TypedRung } from './partner.rules.js';
import type { PartProps } from './parts.js';
import styles from './Partners.module.css';
import { TextField } from './TextField.js';

const MOST = 10;
const NEW: TypedRung = { name: '', email: '', phone: '', after: '0' };

/** Who of theirs is written to when nobody answers, one after the other. */
export const LadderFields = ({ draft, edits, change }: PartProps) => {
  const { t } = useWords();
  const { ladder } = draft;
  const set = (place: number, part: Partial<TypedRung>) =>
    change({ ladder: ladder.map((rung, at) => (at === place ? { ...rung, ...part } : rung)) });
  return (
    <section className={styles.part}>
      <h3>{t('partner.ladder')}</h3>
      <p>{t(ladder.length === 0 ? 'partner.ladder.none' : 'partner.ladder.lead')}</p>
      <ol className={styles.rows}>
        {ladder.map((rung, place) => (
          <li key={place} aria-label={rung.name || t('partner.ladder.rung', { place: place + 1 })}>
            <div className={styles.pairs}>
              <TextField
                label={t('partner.contact.name')}
                value={rung.name}
                onChange={(name) => set(place, { name })}
              />
              <TextField
                label={t('partner.contact.after')}
                hint={place === 0 ? t('partner.contact.after.lead') : ''}
                value={rung.after}
                onChange={(after) => set(place, { after })}
              />
              <TextField
                label={t('partner.contact.email')}
                value={rung.email}
                onChange={(email) => set(place, { email })}
              />
              <TextField
                label={t('partner.contact.phone')}
                value={rung.phone}
                onChange={(phone) => set(place, { phone })}
              />
            </div>
            {edits ? (
              <button
                type="button"
                className={styles.remove}
                aria-label={t('partner.ladder.remove', { name: rung.name || String(place + 1) })}
                onClick={() => change({ ladder: ladder.toSpliced(place, 1) })}
              >
                <Trash2 size={15} />
              </button>
            ) : null}
          </li>
        ))}
      </ol>
      {edits ? (
        <Button
          size="xs"
          className={styles.add}
          leftSection={<Plus size={14} />}
          disabled={ladder.length >= MOST}
          onClick={() => change({ ladder: [...ladder, NEW] })}
        >
          {t('partner.ladder.add')}
        </Button>
      ) : null}
    </section>
  );
};
