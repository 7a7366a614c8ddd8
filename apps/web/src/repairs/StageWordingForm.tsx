import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CustomerStages, RepairStage, type Language, type StageWording, type StageWords } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { day } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { changeStageWording, stageWordingQuery } from './repairRequests.js';
import styles from './Repairs.module.css';

const LANGUAGES: readonly Language[] = ['es', 'en'];

interface StageProps {
  stage: RepairStage;
  language: Language;
  words: StageWords;
  fixed: boolean;
  onChange: (change: Partial<StageWords>) => void;
}

const InOneLanguage = ({ stage, language, words, fixed, onChange }: StageProps) => {
  const { t } = useWords();
  const of = (part: 'title' | 'text') =>
    t('stages.field', {
      stage: t(`repair.stage.${stage}`),
      part: t(`stages.${part}`),
      language: t(`stages.${language}`),
    });
  return (
    <div className={forms.field}>
      <span>{t(`stages.${language}`)}</span>
      <input
        aria-label={of('title')}
        lang={language}
        value={words.title}
        maxLength={80}
        readOnly={fixed}
        onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
      />
      <textarea
        aria-label={of('text')}
        lang={language}
        rows={2}
        value={words.text}
        maxLength={300}
        readOnly={fixed}
        onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
      />
    </div>
  );
};

const Fields = ({ wording, fixed }: { wording: StageWording; fixed: boolean }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const { run, busy, problem } = useDeed();
  const [content, setContent] = useState(wording.content);
  const read = CustomerStages.safeParse(content);
  const save = async () => {
    const done =
      read.success && (await run(() => changeStageWording({ version: wording.version, content: read.data })));
    if (!done) return;
    client.setQueryData(stageWordingQuery.queryKey, done);
    notify(t('stages.saved'));
  };
  const stages = RepairStage.options.map((stage) => (
    <fieldset key={stage} className={styles.wording}>
      <legend>{t(`repair.stage.${stage}`)}</legend>
      <div className={forms.two}>
        {LANGUAGES.map((language) => (
          <InOneLanguage
            key={language}
            stage={stage}
            language={language}
            words={content[language][stage]}
            fixed={fixed}
            onChange={(change) =>
              setContent((before) => ({
                ...before,
                [language]: { ...before[language], [stage]: { ...before[language][stage], ...change } },
              }))
            }
          />
        ))}
      </div>
    </fieldset>
  ));
  if (fixed) return <div className={forms.form}>{stages}</div>;
  return (
    <Form deed={t('stages.save')} busy={busy} problem={problem} disabled={!read.success} onSubmit={save}>
      {stages}
    </Form>
  );
};

/** How customers are told each stage of a repair: on their page and in messages. */
export const StageWordingForm = () => {
  const { t, intl } = useWords();
  const may = useMay();
  const { data, isError, error, refetch } = useQuery(stageWordingQuery);
  return (
    <>
      <p className={forms.lead}>
        {t('stages.lead')}{' '}
        {data?.by && data.at
          ? t('stages.by', { name: data.by.displayName, at: day(intl, data.at), version: data.version })
          : t('stages.usual')}
      </p>
      {isError ? <Trouble what={t('stages.failed')} error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Bone width="60%" /> : null}
      {data ? <Fields key={data.version} wording={data} fixed={!may('repair.manage')} /> : null}
    </>
  );
};
