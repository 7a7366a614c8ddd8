import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LegalTerms, LegalVersion } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { whole } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { legalQuery, setLegal } from './goodwillRequests.js';
import { centsTyped, typedOf } from './typed.rules.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';
import styles from './Goodwill.module.css';

const few = (typed: string, most: number): number | null => {
  const value = /^[1-9]\d?$/u.test(typed) ? Number(typed) : 0;
  return value > 0 && value <= most ? value : null;
};

const Edited = ({ legal: { version, content, by, at }, edits }: { legal: LegalVersion; edits: boolean }) => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useGoodwillDeed();
  const [source, setSource] = useState(content.source);
  const [url, setUrl] = useState(content.url);
  const [times, setTimes] = useState(String(content.feeTimes));
  const [months, setMonths] = useState(String(content.averageMonths));
  const [automatic, setAutomatic] = useState(typedOf(content.automaticFromCents, content.currency));
  const [feeTimes, averageMonths] = [few(times, 20), few(months, 12)];
  const automaticFromCents = centsTyped(automatic, content.currency);
  const put: LegalTerms | null =
    feeTimes && averageMonths && automaticFromCents !== null && source.trim() && URL.canParse(url)
      ? { ...content, source: source.trim(), url, feeTimes, averageMonths, automaticFromCents }
      : null;
  const save = async () => {
    if (put && (await run(() => setLegal(version, put)))) notify(t('goodwill.saved'));
  };
  const field = (label: string, value: string, onType: (text: string) => void) => (
    <label className={forms.field}>
      <span>{label}</span>
      <input value={value} disabled={!edits} onChange={(event) => onType(event.currentTarget.value)} />
    </label>
  );
  return (
    <div className={styles.card}>
      <p className={styles.lead}>{t('goodwill.legal.lead')}</p>
      <p className={styles.why}>
        {t('goodwill.version', { version, who: by?.displayName ?? 'none', at: whole(intl, at) })}
      </p>
      <Form deed={t('goodwill.rule.save')} busy={busy} problem={problem} disabled={!edits || !put} onSubmit={save}>
        {field(t('goodwill.legal.source'), source, setSource)}
        {field(t('goodwill.legal.url'), url, setUrl)}
        <div className={forms.two}>
          {field(t('goodwill.legal.times'), times, setTimes)}
          {field(t('goodwill.legal.months'), months, setMonths)}
          {field(t('goodwill.legal.automatic', { currency: content.currency }), automatic, setAutomatic)}
        </div>
      </Form>
    </div>
  );
};

/** What the law says, with where it stands. */
export const LegalForm = () => {
  const { t } = useWords();
  const edits = useMay()('goodwill.manage');
  const { data, isError, error, refetch } = useQuery(legalQuery);
  if (isError && !data) return <Trouble what={t('goodwill.legal')} error={error} onRetry={() => void refetch()} />;
  return data ? <Edited key={data.version} legal={data} edits={edits} /> : <Bone width="60%" />;
};
