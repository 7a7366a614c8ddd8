import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import type { CallImportAnswer } from '#contracts';
import { importCalls } from '../api/requests.js';
import { Trouble } from '../app/Trouble.js';
import { useFileDrop } from '../case/useFileDrop.js';
import { useWords } from '../i18n/Words.js';
import styles from './Settings.module.css';

const COLUMNS = 'id, phone, direction, outcome, startedAt, durationSeconds, extension';

type Outcome = { name: string; answer: CallImportAnswer } | { name: string; error: unknown };

const Result = ({ name, answer }: { name: string; answer: CallImportAnswer }) => {
  const { t } = useWords();
  return (
    <>
      <div className={styles.good}>
        <div>
          <b>{t('calls_list.done', { name })}</b>
          <ul className={styles.figures}>
            <li>{t('calls_list.imported', { count: answer.imported })}</li>
            <li>{t('calls_list.on_cases', { count: answer.onCases })}</li>
            <li>{t('calls_list.duplicates', { count: answer.duplicates })}</li>
          </ul>
        </div>
      </div>
      {answer.refused.length === 0 ? (
        <p>{t('calls_list.none_refused')}</p>
      ) : (
        <section aria-label={t('calls_list.refused', { count: answer.refused.length })}>
          <h3>{t('calls_list.refused', { count: answer.refused.length })}</h3>
          <p className={styles.note}>{t('calls_list.fix')}</p>
          <table className={styles.refused}>
            <thead>
              <tr>
                <th scope="col">{t('calls_list.line')}</th>
                <th scope="col">{t('calls_list.why')}</th>
              </tr>
            </thead>
            <tbody>
              {answer.refused.map(({ line, column, message }) => (
                <tr key={line}>
                  <th scope="row">{line}</th>
                  <td title={message}>{t(`calls_list.wrong.${column}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
};

/** A switchboard's list of calls, from a file; what could not be read is told line by line. */
export const CallListPage = () => {
  const { t } = useWords();
  const client = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [reading, setReading] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const read = async (file: File) => {
    setReading(file.name);
    setOutcome(null);
    try {
      setOutcome({ name: file.name, answer: await importCalls(file) });
      await Promise.all(['cases', 'counts', 'timeline'].map((name) => client.invalidateQueries({ queryKey: [name] })));
    } catch (error) {
      setOutcome({ name: file.name, error });
    } finally {
      setReading(null);
    }
  };
  const take = (files: Iterable<File>) => {
    const [file] = files;
    if (file && reading === null) void read(file);
  };
  const drop = useFileDrop(take);
  return (
    <section className={styles.body} aria-label={t('calls_list.title')}>
      <div className={styles.top}>
        <div>
          <h2>{t('calls_list.title')}</h2>
          <p>{t('calls_list.lead')}</p>
          <p>{t('calls_list.columns', { columns: COLUMNS })}</p>
        </div>
      </div>
      <div className={styles.drop} data-dragging={drop.dragging || undefined} {...drop.target}>
        <Button
          variant="filled"
          leftSection={<FileUp size={16} />}
          loading={reading !== null}
          onClick={() => picker.current?.click()}
        >
          {t('calls_list.choose')}
        </Button>
        <span>{reading === null ? t('calls_list.drop') : t('calls_list.reading', { name: reading })}</span>
        <input
          ref={picker}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          hidden
          aria-label={t('calls_list.choose')}
          onChange={(event) => {
            take(event.currentTarget.files ?? []);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <div role="status" className={styles.outcome}>
        {outcome && 'answer' in outcome ? <Result name={outcome.name} answer={outcome.answer} /> : null}
      </div>
      {outcome && 'error' in outcome ? <Trouble what={t('calls_list.failed')} error={outcome.error} /> : null}
    </section>
  );
};
