import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import type { CustomerImport } from '#contracts';
import { Page } from '../app/Page.js';
import { Trouble } from '../app/Trouble.js';
import { useFileDrop } from '../case/useFileDrop.js';
import channels from '../channels/Settings.module.css';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { importCustomers, importsQuery } from './cardRequests.js';
import { ImportResults } from './ImportResults.js';
import styles from './ImportPage.module.css';

const COLUMNS =
  'customer_number, name, language, tier, since, city, postcode, plan, lines, emails, phones, document, devices, commitments, points, benefits, value_short, value_mid, value_long, currency, channel, hours, formality, as_of';

/** A file is tried first: what would happen is shown row by row, and only then done. */
const useImport = () => {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState<Pick<CustomerImport, 'id' | 'dryRun'> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const send = async (chosen: File, dryRun: boolean) => {
    setFile(chosen);
    setBusy(true);
    setError(null);
    try {
      const { id } = await importCustomers(chosen, dryRun);
      setShown({ id, dryRun });
      await client.invalidateQueries({ queryKey: importsQuery.queryKey });
    } catch (failure) {
      setShown(null);
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return { file, busy, shown, error, send, setShown };
};

const Past = ({ onOpen }: { onOpen: (one: CustomerImport) => void }) => {
  const { t, intl } = useWords();
  const past = useQuery(importsQuery);
  const items = past.data?.items ?? [];
  return (
    <section aria-label={t('imports.past')}>
      <h2 className={styles.subtitle}>{t('imports.past')}</h2>
      {past.isSuccess && items.length === 0 ? <p className={styles.none}>{t('imports.past.none')}</p> : null}
      <ul className={styles.past}>
        {items.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onOpen(one)}>
              <span>
                {one.fileName ?? t('imports.list')}
                {one.dryRun ? <em>{t('imports.try')}</em> : null}
              </span>
              <small>
                {t('imports.progress', { done: one.done, rows: one.rows })} · {one.startedBy.displayName} ·{' '}
                {moment(intl, one.startedAt)}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What another system says of customers, from a file. */
export const ImportPage = () => {
  const { t } = useWords();
  const picker = useRef<HTMLInputElement>(null);
  const { file, busy, shown, error, send, setShown } = useImport();
  const take = (files: Iterable<File>) => {
    const [chosen] = files;
    if (chosen && !busy) void send(chosen, true);
  };
  const drop = useFileDrop(take);
  return (
    <Page title={t('imports.title')} lead={t('imports.lead')}>
      <div className={channels.body}>
        <p className={styles.columns}>{t('imports.columns', { columns: COLUMNS })}</p>
        <div className={channels.drop} data-dragging={drop.dragging || undefined} {...drop.target}>
          <Button
            variant="filled"
            leftSection={<FileUp size={16} />}
            loading={busy}
            onClick={() => picker.current?.click()}
          >
            {t('imports.choose')}
          </Button>
          <span role="status">{busy ? t('imports.reading', { name: file?.name ?? '' }) : t('imports.drop')}</span>
          <input
            ref={picker}
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            hidden
            aria-label={t('imports.choose')}
            onChange={(event) => {
              take(event.currentTarget.files ?? []);
              event.currentTarget.value = '';
            }}
          />
        </div>
        {error ? <Trouble what={t('imports.failed')} error={error} /> : null}
        {shown ? (
          <ImportResults
            key={shown.id}
            id={shown.id}
            onReal={shown.dryRun && file ? () => void send(file, false) : null}
            busy={busy}
          />
        ) : null}
        <Past onOpen={setShown} />
      </div>
    </Page>
  );
};
